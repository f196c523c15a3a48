"""English past participles: the irregular ones, and words in -ed that name no act."""

IRREGULAR = frozenset(
    """
    arisen awoken babysat beaten become been befallen begotten begun beheld bent beset bespoken
    bet bidden bitten bled blown bought bound bred broadcast broken brought browbeaten built
    burnt burst cast caught chosen clad cleft clung come crept cut daydreamt dealt disproven
    done drawn dreamt driven drunk dug dwelt eaten fallen fed felt fled flown flung forbidden
    forecast foregone foreseen foretold forgiven forgotten forsaken forsworn fought found frozen
    gilt given gone gotten ground grown handwritten heard held hewn hidden hit hung hurt input
    inset interbred interwoven kept knelt knit known laid lain leant leapt learnt led left lent
    let lit lost made meant met misheard mislaid misled misread misspelt misspent mistaken
    misunderstood mown outbid outdone outgrown outrun outsold outspent overcome overdone
    overdrawn overeaten overfed overheard overhung overlaid overpaid overridden overrun overseen
    overshot overslept overspent overtaken overthrown overwritten paid partaken pled preset
    proofread proven put quit read rebound rebroadcast rebuilt recast redone redrawn remade
    repaid reread rerun resat reset resold respun retaken retold retrofit retrofitted rewound
    rewritten ridden risen run rung said sat sawn seen sent set sewn shaken shaven shed shod
    shone shorn shot shown shred shrunk shut slain slept slid slit slung slunk smelt smitten
    snuck sold sought sown spat sped spelt spent spilt split spoilt spoken spread sprung spun
    stolen stood stricken striven struck strung stuck stung stunk sublet sung sunk swept swollen
    sworn swum swung taken taught telecast thought thrown thrust told torn trodden typecast
    typeset typewritten unbound undercut undergone underlaid underpaid undersold understood
    undertaken underwritten undone unfrozen unpaid unwound upheld upset wed wept wet withdrawn
    withheld withstood woken won worn wound woven written wrung
    """.split()
)

# Nouns, verbs in other forms, and adjectives; *specified* and the like are adjectives for the
# open analysis that we agree with.
NO_PARTICIPLES = frozenset(
    """
    advanced aforementioned aged alleged based bed beloved bleed blessed breed classified
    concerned creed deed embed exceed excited feed flowerbed freed gifted greed hardcoded heed
    hotbed hundred indeed infrared jagged justified kindred learned located misaligned naked
    need newlywed notified overfeed proceed proxied qualified queried ragged red reed related
    rugged sacred seabed seaweed seed signified simplified sled so-called specified speed
    succeed treed unaided unaligned unbiased unbounded unconsumed undefined undocumented
    unemployed unfinished unified unimplemented uninitialised uninitialized unlimited
    unparalleled unprecedented unquoted unrelated unsized unskilled unsorted unspecified
    unsynchronized varied verified watershed weed wicked wretched
    """.split()
)
