package lexicon

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/spanish"
)

// speech is what has to be known of a language to understand short requests in it.
// A language without one is understood word by word, as it is written.
type speech struct {
	stem    func(word string) string // nil for none; words are folded
	sound   func(word string) string // how misspelt words still sound; nil for none
	fillers words                    // words that say little
	wants   words                    // what follows them is what is asked
	nots    words
	buts    words
	stuck   []string // letters written onto the next word when in haste: "jcherche"
	solid   bool     // written without spaces
	notLast bool     // the word for not follows the wanting: "je veux pas"
}

type words map[string]bool

func set(list string) words {
	s := make(words)
	for word := range strings.FieldsSeq(list) {
		s[Fold(word)] = true
	}
	return s
}

// speechOf is what is known of a language; of others nothing.
func speechOf(lang string) speech {
	base, _, _ := strings.Cut(lang, "-")
	switch base {
	case "fr":
		return frenchSpeech()
	case "en":
		return englishSpeech()
	case "es":
		return spanishSpeech()
	case "pt":
		return portugueseSpeech()
	case "zh":
		return chineseSpeech()
	case "uk":
		return ukrainianSpeech()
	case "ar":
		return arabicSpeech()
	}
	return speech{}
}

// stemmer makes a stemmer of a Snowball algorithm.
func stemmer(algorithm func(*snowballstem.Env) bool) func(string) string {
	return func(word string) string {
		env := snowballstem.NewEnv(word)
		algorithm(env)
		return Fold(env.Current())
	}
}

func frenchSpeech() speech {
	return speech{
		stem:  stemmer(french.Stem),
		sound: frenchSound,
		fillers: set(`je j tu t il elle on nous vous ils elles me m te se s le la les l un une des du de d au aux a en
			dans sur sous pour par avec chez vers ou et que qu qui quoi dont ce cet cette ces c ca cela mon ma mes ton ta tes
			son sa ses notre nos votre vos leur leurs ne n pas plus y est suis es sont etait etais etre sera ai as avons avez
			ont avoir avait eu ete fait faire fais faites vais va allez aller peux peut pouvez pouvoir dois doit faut veux
			veut voudrais voudrait vouloir aimerais aimerait souhaite souhaiterais besoin svp stp sil plait merci bonjour
			bonsoir salut coucou monsieur madame mr mme comment quel quelle quels quelles quand si tres trop bien juste alors
			donc car parce mais aussi encore deja toujours peu beaucoup bcp tout toute tous toutes chose truc moi toi lui eux
			meme fois ici voila oui non ok jai jsuis chui chuis jveux jvoudrais jpeux g c pr ds tt pk pq kel kelle ke ki koi
			deux trois quatre cinq six sept huit neuf dix lundi mardi mercredi jeudi vendredi samedi dimanche mois semaine
			semaines jour jours matin soir demain hier aujourd'hui prochain prochaine dernier derniere dire dit dites parler
			parle demande demander savoir sait veulent voulais aller arrive venir viens vient mettre mets prendre prends donner
			donne passer passe voir vois croire pense penser trouve sert fois coup peutetre vraiment personne gens monde
			aimer aime aimes bcp pcq psk jsp wesh genre bah euh allo aider aidez aide aidez-moi etait avais
			d'un d'une l'on qu'on quelqu'un quelque afin comme entre apres avant depuis pendant sans cest jaimerais estce`),
		wants: set(`veux veut voudrais voudrait aimerais aimerait souhaite souhaiterais cherche cherchons recherche besoin
			envie jcherche jveux jvoudrais jaimerais comment`),
		nots:    set("pas plus jamais"),
		buts:    set("mais plutot"),
		stuck:   []string{"qu", "j", "d", "l", "m", "s", "t", "c", "n"},
		notLast: true,
	}
}

func englishSpeech() speech {
	return speech{
		stem: stemmer(english.Stem),
		fillers: set(`i im i'm ive i'd id you he she it its we they me my mine your his her our their a an the of to in on at
			for from with by about into and or but if so as is am are was were be been being do does did don doesn didn t s m
			ve ll re d have has had can could would should will may must want wanna would like need please thanks thank hello
			hi hey good morning sir madam what which who how when where why this that these those there here not no very too
			just also still already some any all much many more get got go going gotta wants wanted
			one two three four five six seven eight nine ten monday tuesday wednesday thursday friday saturday sunday month months
			week weeks day days today tomorrow yesterday next last year years ago told tell said say says know knows think make
			made give gave take took put keep let us then than really maybe people everything nothing anything eight been since until
			she he they them longer because while during before after u ur pls plz something someone thing`),
		wants: set("want wanna like need looking search searching how wish"),
		nots:  set("not don dont doesn never no"),
		buts:  set("but rather instead"),
	}
}

func spanishSpeech() speech {
	return speech{
		stem:  stemmer(spanish.Stem),
		sound: iberianSound,
		fillers: set(`yo tu el ella usted nosotros ellos me te se le lo la los las les un una unos unas de del al a en con por
			para sobre y e o u que quien cual cuales como cuando donde si no ni mi mis su sus nuestro este esta esto estos
			estas ese esa eso es soy eres son era ser estoy esta estan estar he ha han haber hay tengo tiene tener quiero
			quisiera quiere querria me gustaria necesito necesita puedo puede poder debo debe hacer hago hace hola buenos
			buenas dias tardes gracias favor senor senora muy mas tan ya bien pero tambien todo toda todos algo alguien q k xq
			porque pa voy ir va vamos estado sido desde hasta dos tres cuatro cinco seis siete ocho nueve diez lunes martes miercoles
			jueves viernes sabado domingo mes meses semana semanas manana hoy ayer hace llevo decir dice dicen saber sabe ella
			tomar dar da dan ver creo gente nada nadie vez todavia aqui alli tener quiere quieren llamo`),
		wants: set("quiero quisiera querria gustaria necesito busco buscando deseo como"),
		nots:  set("no ya nunca"),
		buts:  set("pero sino"),
	}
}

func portugueseSpeech() speech {
	return speech{
		stem:  stemmer(portuguese.Stem),
		sound: iberianSound,
		fillers: set(`eu tu ele ela voce voces nos eles elas me te se lhe o a os as um uma uns umas de do da dos das em no na
			nos nas num numa ao aos com por pelo pela para pra pro sobre e ou que quem qual quais como quando onde se nao nem
			meu minha meus minhas seu sua seus este esta isto esse essa isso e sou es sao era ser estou ta to esta estao estar
			tenho tem ter ha quero queria gostaria gostava preciso precisa posso pode poder devo fazer faco faz ola oi bom boa
			dia tarde obrigado obrigada favor senhor senhora muito mais ja bem mas tambem tudo todo toda algo alguem vc pq vou
			ir vai desde ate foi fui dois tres quatro cinco seis sete oito nove dez segunda terca quarta quinta sexta sabado domingo
			mes meses semana semanas amanha hoje ontem ha dizer diz saber sabe tomar dar da dao ver acho gente nada ninguem vez
			ainda aqui ali quer querem ando que vem`),
		wants: set("quero queria gostaria gostava preciso procuro procurando busco desejo como"),
		nots:  set("nao nunca"),
		buts:  set("mas sim"),
	}
}

func chineseSpeech() speech {
	return speech{
		solid: true,
		fillers: set(`我 你 他 她 我们 你们 的 了 吗 呢 吧 啊 是 在 有 没有 没 不 很 太 想 要 想要 需要 请 请问 您好 你好 谢谢
			怎么 如何 什么 哪里 哪儿 哪 谁 多少 为什么 一个 一份 一些 这 那 这个 那个 和 跟 与 或 也 都 就 还 再 去 来 到 给 把
			被 让 对 从 用 可以 能 会 应该 得 该 做 办 一下 现在 后 以后 怎么办 怎么样 怎样 因为 所以 如果 但是 可是 已经`),
		wants: set("想 要 想要 需要 找 怎么 如何"),
		nots:  set("不 别 没"),
		buts:  set("但是 可是 而是"),
	}
}

func ukrainianSpeech() speech {
	return speech{
		stem:  ukrainianStem,
		sound: cyrillicSound,
		fillers: set(`я ти він вона воно ми ви вони мене мені тебе його її нас вас їх мій моя моє мої моєї моїй моєму свій свою
			своя своє свого це цей ця ці той та то що хто який яка яке які як коли де куди чому чи і й та або але а в у на з із
			зі до від для про по під над за при без через після не ні є був була було бути буду будь ласка хочу хотів хотіла
			хотів би хотілося потрібно потрібен потрібна треба можу може можна маю має мати дуже ще вже також тільки все всі
			щось хтось добрий доброго день дня вітаю привіт дякую пане пані допоможіть будь-ласка
			что кто какой какая как когда где мой моя мое мои и или но не нет есть был для на по из от мне меня мой мою нужно
			нужна нужен надо хочу хотел хотела можно могу очень уже еще привет здравствуйте спасибо пожалуйста это этот`),
		wants: set("хочу хотів хотіла хотілося потрібно потрібен потрібна треба шукаю як ищу нужно нужна как"),
		nots:  set("не"),
		buts:  set("але а но"),
	}
}

func arabicSpeech() speech {
	return speech{
		stem:  arabicStem,
		sound: arabicSound,
		fillers: set(`انا أنا انت هو هي نحن هم في من الى إلى على عن مع ب ل و او أو ثم هل ما ماذا متى اين أين كيف كم لماذا لم لن
			لا ليس هذا هذه ذلك تلك التي الذي يا قد كان كانت يكون اكون عند عندي لدي لي لك له به بها فيه فيها بي أن ان اريد أريد
			ارغب أرغب احتاج أحتاج اود أود ممكن يمكن يمكنني استطيع أستطيع من فضلك فضلكم شكرا مرحبا أهلا اهلا هلا السلام عليكم صباح الخير مساء
			بعد قبل كل جدا ايضا لكن بدي عايز عاوز بغيت نحب ابغى محتاج شو ايش وش مش مو باش`),
		wants: set("اريد ارغب احتاج اود بدي عايز عاوز بغيت نحب ابغى ابحث كيف محتاج"),
		nots:  set("لا مش مو ما ليس لم"),
		buts:  set("لكن بل"),
	}
}

// arabicStem is Snowball's, on a word without its particles.
func arabicStem(word string) string { return stemmer(arabic.Stem)(word) }
