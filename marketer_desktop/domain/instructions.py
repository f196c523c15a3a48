"""Tells instructions to a writer or an assistant from what a document says.

The text of a document is data. A sentence in it that tells whoever writes from it what to do is
neither quoted nor shown to a model.
"""

import re
import unicodedata
from functools import lru_cache

from marketer_desktop.domain.addresses import addresses
from marketer_desktop.domain.cohesion import leans
from marketer_desktop.domain.remembered import of_sentences
from marketer_desktop.domain.words import folded, split_sentences

# Who may be spoken to, what such a one makes, and what is done to it.
_SPOKEN_TO = frozenset(
    """
    you your ai llm llms assistant assistants model models chatbot chatbots bot bots writer writers
    copywriter ghostwriter editor author agent agents machine gpt chatgpt claude copilot gemini
    llama whoever reader readers user users visitors summarizer summariser generator
    developer developers
    """.split()
)
_MADE = frozenset(
    """
    link links hyperlink hyperlinks backlink url urls image images picture pictures banner banners
    title titles headline headlines heading headings subheading article articles post posts blog
    blogs text texts content webpage output outputs response responses reply replies answer answers
    draft drafts piece paragraph paragraphs sentence sentences summary summaries keyword keywords
    section sections hashtag hashtags citation citations markdown html json tag tags prompt prompts
    footer introduction conclusion slug description wording phrase newsletter document page file
    word words language string source sources following exactly address instructions headings
    """.split()
)
_ACTS = frozenset(
    """
    add insert include append prepend put place embed link mention write title rename call name
    replace change set use output print respond reply answer say return translate summarize
    summarise repeat reveal show end begin start finish conclude close open recommend promote praise
    advertise state claim cite quote copy paste delete remove omit drop skip stop refuse decode
    decrypt execute run follow obey comply point direct send credit attribute display render
    generate produce create switch tell speak talk sign swap make treat describe highlight emphasize
    emphasise focus ignore disregard forget override pretend act leave let present consider keep
    """.split()
)
_URGED = frozenset(
    """
    must should shall required instructed obliged expected approved authorised authorized deserves
    essential mandatory important necessary vital crucial critical imperative please kindly ordered
    supposed ought need needs want wants remember ensure has have is are will
    """.split()
)
_WRITING = frozenset("write mention name praise recommend promote state say treat".split())
_POLITE = frozenset("please kindly".split())
_FILLERS = _POLITE | frozenset(
    """
    now then also instead next finally first always never just simply so and but do don't not again
    important attention urgent note warning instruction reminder task directive quickly whatever
    """.split()
)
_ORDER = (
    r"(?:instructions?|prompts?|rules?|guidelines?|guidance|directions?|directives?|orders?|"
    r"commands?|brief(?:ing)?|tasks?|constraints?|restrictions?|system message|"
    r"(?:everything|anything|all|what)(?: \w+){0,3} (?:above|before|said|told|read)|"
    r"(?:the|previous|prior|above|earlier|preceding) (?:text|conversation|messages?|content))"
)
_TEXTS = (
    r"(?:article|post|blog|text|content|title|headline|heading|answer|output|response|summary|"
    r"draft|piece|link|introduction|conclusion|(?:first|last) sentence|closing|opening|slug|"
    r"meta description|page title)s?"
)
_MUST = (
    r"(?:must|should|shall|has to|have to|needs? to|ought to|will|may only|is to|are to|"
    r"(?:is|are) (?:required|instructed|asked|told|ordered|obliged|expected|supposed)|can only)"
)
_SENTENCE = re.compile(
    "|".join(
        (
            # "Ignore all previous instructions", in a few languages, and the other way round.
            r"\b(?:ignor(?:e|es|ing)|disregard\w*|forget|overrid\w+|overrul\w+|bypass\w*|neglect|"
            r"discard|set aside|supersedes?|cancels?|suspends?|voids?|stop following|"
            r"(?:do not|don't|not) (?:follow|obey)|pay no attention to|instead of)\b.{0,60}?\b"
            rf"{_ORDER}\b",
            rf"\b{_ORDER}\b.{{0,60}}\b(?:no longer|obsolete|void|cancelled|suspended|ignored|"
            r"disregarded|overridden|superseded)\b",
            r"\b(?:follow|obey|comply with|carry out|execute)\b.{0,20}\b(?:these|those|this|my|our|"
            r"hidden|only|new|next|below|following)\b.{0,20}\b(?:instructions?|directives?|"
            r"commands?|orders?|prompts?)\b",
            r"\b(?:ignor\w+|vergi(?:ss|ß)\w*|missachte\w*|oublie\w*|olvid\w+|esque[cç]\w+|negeer|"
            r"dimentica\w*|zapomnij|zignoruj|no sigas|ne suive?z? pas)\b.{0,60}\b(?:instru\w+|"
            r"istruzion\w+|anweisung\w*|vorgabe\w*|regeln?|consign\w+|reglas?|regole|règles|"
            r"opdracht\w*|polece\w+)",
            r"(?:忽略|无视|無視).{0,20}(?:指令|指示|说明|要求)|"
            r"(?:игнорир|забуд)\w*.{0,60}(?:инструкц|указан)",
            # Who is spoken to, or told to be somebody else.
            r"\byou are (?:now )?(?:an? |the |my |our )?(?:\w+ ){0,3}(?:ai|assistant|model|writer|"
            r"bot|editor|copywriter|poet|pirate|dan|agent|spokes\w+)\b",
            r"\b(?:act|behave|speak|write|pose|respond) as (?:if you|an?|the)\b|\bpretend\b|"
            r"\brole-?\s?play\w*|\bfrom (?:now|here) on\b.{0,60}\b(?:you|your|write|say|answer)\b|"
            r"\bjailbreak\w*|\b(?:dan|developer|debug|god|admin(?:istrator)?) mode\b|"
            r"\bas an? (?:ai|llm|assistant|language model|ai writer)\b",
            r"\b(?:dear|hey|hello|attention|note (?:to|for)|message (?:to|for)|memo to|"
            r"instructions? (?:to|for)|reminder (?:to|for)) (?:the |all |any |every )?(?:ai|llm|"
            r"assistant|language model|model|writer|copywriter|machine|bot|chatbot|agent)s?\b",
            r"\bif you are (?:an? |the )?(?:ai|llm|language model|assistant|chatbot|bot|reading|"
            r"writing|asked|generating|summari[sz]ing|processing)",
            r"\bwhen(?:ever)? (?:you |asked to )?(?:are )?(?:writ|generat|summari[sz]|produc|creat|"
            r"draft)(?:e|ing)\b",
            r"\b(?:system|developer|admin(?:istrator)?|priority|hidden|new|updated|secret|actual|"
            r"following) (?:prompt|message|override|instructions?|directives?)\b",
            r"\b(?:your|the) (?:new |real |actual |only |true )?(?:task|goal|job|mission|purpose|"
            r"objective|role|instructions?) (?:is|are|has|have) (?:now |changed|to|been)",
            r"\b(?:tell|send|direct|urge|advise|invite|point|lead|guide) (?:the |all |your |any )?"
            r"(?:readers?|users?|visitors?|people) (?:to|that|towards?)\b",
            # What is to be done to the text that is being written.
            rf"\b(?:an?|the|this|that|any|every|each|all|your|its?) (?:\w+ ){{0,2}}{_TEXTS}"
            rf"(?: \w+){{0,6}}? {_MUST}\b",
            rf"\b(?:any|every|each|your) (?:\w+ ){{0,2}}{_TEXTS}(?: \w+){{0,6}}? (?:ends?|begins?|"
            r"starts?|opens?|closes?|links? to|includes?|mentions?|is titled|is called|says?)\b",
            rf"\b(?:resulting|generated|finished|derived) {_TEXTS}\b",
        )
    ),
    re.IGNORECASE,
)
# Marks of prompts, of code and of markup that a reader would not see, and encoded text.
_MARKS = re.compile(
    "|".join(
        (
            r"<\|?/?(?:system|user|assistant|im_start|im_end|endoftext|inst|sys|instructions?|"
            r"script|img|a |iframe|style|meta|svg)|\[/?(?:inst|system|user|assistant)\]|<<\s*/?sys",
            r"^\W*(?:system|assistant|user|human|developer|instructions?|prompt|admin)\s*[:>\]]",
            r"<!--|-->|\{\{|\}\}|!\[|\]\(|\bbase64\b|\brot13\b",
            r"\b(?=[a-z0-9+/_]*\d)(?=[a-z0-9+/_]*[a-z])[a-z0-9+/_]{28,}={0,2}|(?:%[0-9a-f]{2}){4,}|"
            r"(?:\\[ux][0-9a-f]{2,4}){3,}|(?:&#x?[0-9a-f]+;){3,}|(?:\b[01]{8}\b\s*){3,}|"
            r"(?:\b[0-9a-f]{2}\b[ :]){8,}",
        )
    ),
    re.IGNORECASE,
)
_ENCODED = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}|[A-Za-z0-9+/]{20,}={1,2}(?!\w)")
_CLAUSE = re.compile(r"[.:;!?–—]\s+|,\s*(?:so|then|and)\s+|\band then\b")
_SPACED_OUT = re.compile(r"\b(?:\w[ .\-_*]){4,}\w\b")
_HEADING_ORDER = re.compile(
    r"^\W*(?:ignore|disregard|forget|override|add|insert|include|append|write|respond|reply|output|"
    r"print|pretend|act|link|title|say|answer|repeat)\b",
    re.IGNORECASE,
)
_LATIN, _LOOKALIKE = "LATIN", ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")


@of_sentences
def addressed(sentence: str) -> bool:
    """Whether `sentence` instructs whoever writes from the document, openly or in disguise."""
    if _hidden(sentence) or _ENCODED.search(sentence) or _MARKS.search(sentence):
        return True
    plain = unicodedata.normalize("NFKC", sentence).replace("’", "'")
    return _instructs(plain) or ((closed := _closed_up(plain)) != plain and _instructs(closed))


def _instructs(text: str) -> bool:
    words = folded(text)
    said = frozenset(words)
    if not said & _ACTS and not said & _SPOKEN_TO and not _SENTENCE.search(text):
        return False
    acts = said & _ACTS
    if said & _POLITE and acts:
        return True
    if said & _SPOKEN_TO and said & _URGED and acts and said & (_MADE | _WRITING):
        return True
    clauses = [part for part in _CLAUSE.split(text) if part]
    if any(commands(clause) for clause in clauses) and said & (_MADE | _SPOKEN_TO):
        return True
    return bool(_SENTENCE.search(text))


def commands(sentence: str) -> bool:
    """Whether `sentence` begins as a command does: a verb, perhaps after “please” or “now”."""
    words = [word for word in folded(sentence) if word not in _FILLERS]
    return bool(words) and words[0] in _ACTS


def instructing_heading(heading: str) -> bool:
    """Whether a heading of a document is none: an order, or an address."""
    return addressed(heading) or bool(_HEADING_ORDER.match(heading) or addresses(heading))


def clean_sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph without addresses, instructions and what belongs to these."""
    kept: list[str] = []
    tainted = False
    for sentence in split_sentences(paragraph):
        instructs = addressed(sentence)
        tainted = tainted or instructs
        outside = instructs or addresses(sentence)
        if not outside and not (tainted and _continues(sentence)):
            kept.append(sentence)
    return kept


@lru_cache(maxsize=1024)
def plain_text(text: str) -> str:
    """The text of a passage without instructions, as a model may be shown it."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(" ".join(kept) for part in paragraphs if (kept := clean_sentences(part)))


def _continues(sentence: str) -> bool:
    """Whether a sentence after an instruction belongs to it."""
    said = frozenset(folded(sentence))
    quoting = any(mark in sentence for mark in '“"‘')
    return leans(sentence) or commands(sentence) or quoting or bool(said & (_SPOKEN_TO | _MADE))


def _hidden(sentence: str) -> bool:
    """Whether it holds characters nobody sees, or words of letters from two alphabets."""
    if any(unicodedata.category(mark) in {"Cf", "Co", "Cn"} for mark in sentence):
        return True
    return any(_mixed(word) for word in folded(sentence))


def _mixed(word: str) -> bool:
    if word.isascii():
        return False
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
    return _LATIN in scripts and any(script in scripts for script in _LOOKALIKE)


def _closed_up(text: str) -> str:
    """`text` with words that are spaced out letter by letter closed up."""
    return _SPACED_OUT.sub(lambda found: re.sub(r"[ .\-_*]", "", found.group()), text)
