"""Arabic: lists, questions and stop words; the rest is left to the language-neutral rules."""

from __future__ import annotations

from videogen_engine.planning.lexicon.model import Lexicon, phrases, words

ARABIC = Lexicon(
    code="ar",
    determiners=words("هذا هذه ذلك تلك هؤلاء كل بعض جميع أي"),
    pronouns=words("أنا أنت أنتم هو هي هم هن نحن الذي التي الذين ما من"),
    prepositions=words("في من إلى على عن مع بعد قبل عند حتى خلال بين تحت فوق منذ دون بدون حول نحو ضد عبر أثناء"),
    conjoiners=words("و أو"),
    conjunctions=words("و أو ثم لكن بل ولكن"),
    subordinators=words("أن إن لأن عندما إذا لو حيث كما بينما كي حين لما أنه أنها لأنه"),
    auxiliaries=words("كان كانت يكون تكون ليس ليست قد لقد سوف يمكن يجب"),
    negations=words("لا لم لن ليس ليست"),
    fillers=words("جدا جداً أيضا أيضاً فقط حتى ربما دائما دائماً الآن اليوم تقريبا تقريباً كثيرا"),
    question_words=words("هل ماذا متى أين كيف لماذا كم من ما أي"),
    openers=phrases("و | ثم | لكن | ولكن | لذلك | كذلك | أيضا | في الواقع | على سبيل المثال | بالطبع | إذن"),
    duties=phrases("يجب أن | يمكنك أن | ينبغي أن | عليك أن | حاول أن | من المهم أن"),
    labels=words("تحذير تنبيه ملاحظة نصيحة"),
    contrasts=phrases("بينما | في حين | مقارنة بـ | بدلا من"),
    versus=words("مقابل ضد"),
    ordinals={"أولا": 1, "أولاً": 1, "ثانيا": 2, "ثانياً": 2, "ثالثا": 3, "ثالثاً": 3, "رابعا": 4, "رابعاً": 4},
    sequels=phrases("ثم | بعد ذلك | أخيرا | أخيراً | وأخيرا | وأخيراً"),
    step_nouns=words("الخطوة خطوة المرحلة"),
    scales=words("ألف مليون مليار مئة آلاف ملايين"),
    units=words("كيلومتر متر لتر غرام كيلوغرام درجة دقيقة ساعة يوم أيام سنة سنوات شخص دولار يورو ريال"),
    percent=words("المئة المائة"),
    reporting=words("قال قالت يقول كتب أضاف"),
    approximations=words("حوالي نحو قرابة أكثر أقل"),
    of=words("من"),
)
