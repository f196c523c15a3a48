"""Endings of host names that networks take for an address even without `https://`."""

_COUNTRIES = """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv
bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es
et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu
id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt
lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no
np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si
sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk
us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
"""
_GENERIC = """
academy agency app art audio beer bike bio biz blog business cafe camp capital care cat center city
clothing cloud club coach codes coffee com community company computer consulting cool coop dance
design dev digital direct directory edu education email energy engineering equipment estate events
expert farm fashion finance fitness fm foundation fund gallery games garden global gold gov green
group guide guru health help host hotel house info institute insure int international investments
jobs kitchen land law life live loan lol love management market marketing media mil mobi money
museum name net network news ninja one online org page partners photo photography photos pizza place
plus press pro productions properties pub recipes rent repair report rest restaurant review reviews
rocks run sale school science services shop show site social software solutions space store studio
style support systems tax team tech technology tel tips today tools top tours town toys trade
training travel university vacations ventures video vip vision watch website wiki win wine work
works world wtf xyz yoga zone
"""
TOP_LEVEL_DOMAINS = frozenset(_COUNTRIES.split()) | frozenset(_GENERIC.split())
