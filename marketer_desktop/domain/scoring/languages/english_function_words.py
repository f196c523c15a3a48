"""English words that carry grammar rather than meaning."""

_ARTICLES_AND_PRONOUNS = """
a an the this that these those i me my mine myself we us our ours ourselves you your yours
yourself yourselves he him his himself she her hers herself it its itself they them their theirs
themselves one ones oneself someone somebody something anyone anybody anything everyone
everybody everything nobody nothing none each other another who whom whose which what whoever
whatever whichever whomever
"""
_QUESTIONS = "when where why how whenever wherever however"
_QUANTITIES = """
some any no every all both half either neither much many more most few fewer fewest little less
least several enough plenty lot lots multiple zero two three four five six seven eight nine ten
eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty
hundred hundreds thousand thousands million millions billion billions first second third fourth
fifth sixth seventh eighth ninth tenth once twice
"""
_PREPOSITIONS = """
in on at to of by for from with without within about above across after against along amid among
amongst around as before behind below beneath beside besides between beyond concerning despite
down during except inside into like near off onto opposite out outside over past per regarding
since through throughout till toward towards under underneath until unlike up upon versus via
"""
_CONJUNCTIONS = """
and or but nor so yet if unless because although though while whilst whereas whether than that
lest provided
"""
_AUXILIARIES = """
am is are was were be been being do does did done doing don't doesn't didn't have has had having
haven't hasn't hadn't can could will would shall should may might must ought cannot can't
couldn't won't wouldn't shouldn't mustn't isn't aren't wasn't weren't ain't i'm i've i'll i'd
you're you've you'll you'd he's he'll he'd she's she'll she'd it's it'll we're we've we'll we'd
they're they've they'll they'd that's there's here's what's who's where's how's when's why's
let's get gets got getting gotten need needs seem seems seemed appear appears appeared become
becomes became becoming go goes going went gone let lets make makes made making come comes came
coming keep keeps kept keeping
"""
_ADVERBS = """
not also too very really quite rather just only even still already always never ever often
sometimes usually here there now then again almost nearly maybe perhaps else indeed instead
therefore thus hence moreover furthermore otherwise meanwhile nevertheless nonetheless
accordingly consequently additionally similarly likewise actually basically certainly clearly
definitely eventually finally generally highly likely mainly mostly obviously particularly
probably simply slightly soon specifically completely extremely fairly fully totally truly
absolutely especially recently today tomorrow yesterday
"""
_OPEN = """
say says said saying tells told ask asks asked think thinks want take takes took taken put use
used using good better best bad worse worst great big bigger biggest small new old nice able
same such own certain sure thing things stuff way ways lot part parts detail details instance
instances etc ok okay oh yes yeah well please contain contains contained containing based
current currently available basic different last seconds e.g i.e directly immediately easily
naturally previously possible main usual similar real simple easy hard important newest large
larger largest long longer short shorter high higher low lower early later next previous mean
means meant shown try tries tried called item items case kind kinds piece idea aspect
aspects matter
"""
_TIMES = "second minute minutes hour hours day days week weeks month months year years"

FUNCTION_WORDS = frozenset(
    " ".join(
        (
            _ARTICLES_AND_PRONOUNS,
            _QUESTIONS,
            _QUANTITIES,
            _PREPOSITIONS,
            _CONJUNCTIONS,
            _AUXILIARIES,
            _ADVERBS,
            _OPEN,
            _TIMES,
        )
    ).split()
)
