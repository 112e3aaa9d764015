//! What sentences do: ask, greet, offer, wish, refuse.

use super::is_cjk;

/// How a question that has no question mark begins.
const IMPERATIVES: &str = "tell|describe|explain|walk|give|design|discuss|talk|share|compare|define|name|list|outline|show|implement|write|how|what|why|when|which|who|where|have|do|does|did|can|could|would|are|is|should\
|erzähl|erzählen|beschreibe|beschreiben|erkläre|erklären|nenne|nennen|wie|was|warum|wann|welche|welcher|wer|wo|skizziere|entwirf\
|parlez|parle|décrivez|décris|expliquez|explique|donnez|donne|comment|pourquoi|quel|quelle|quels|que|qu|racontez|raconte|concevez\
|cuénta|cuéntame|háblame|describe|explica|explícame|dime|cómo|qué|por|cuál|diseña|da\
|vertel|beschrijf|leg|hoe|wat|waarom|welke|wie|geef|ontwerp\
|fortæl|beskriv|forklar|hvordan|hvad|hvorfor|hvilke|hvem|giv|design\
|conte|fale|descreva|explique|como|qual|dê|projete";

/// How notes begin that are a refusal.
const REFUSALS: &str = "i'm sorry, but|i’m sorry, but|i am sorry, but|sorry, but|i can't help|i can’t help|i can't assist|i can’t assist|i cannot assist|i cannot help|i can't create|i can’t create|i can't provide|i can’t provide|i cannot provide|i cannot create|i'm unable to|i’m unable to|i am unable to|i'm not able to|i’m not able to|as an ai|unfortunately, i can|i apologize, but|i won't be able|i won’t be able\
|es tut mir leid|tut mir leid|das kann ich leider nicht|ich kann dir dabei nicht|ich kann ihnen dabei nicht|ich kann das nicht|ich kann dabei nicht|als ki|leider kann ich\
|je suis désolé|désolé, mais|je ne peux pas|je regrette, mais|malheureusement, je ne|en tant qu’ia|en tant qu'ia\
|lo siento|no puedo ayudar|no puedo crear|lamento|como ia|no me es posible\
|het spijt me|sorry, maar|ik kan je niet|ik kan dit niet|helaas kan ik|als ai\
|beklager|jeg kan ikke|desværre kan jeg|undskyld, men|som ai\
|desculpe|sinto muito|não posso|infelizmente, não|lamento, mas|como ia\
|죄송하지만|죄송합니다|도와드릴 수 없|도움을 드릴 수 없|할 수 없습니다\
|申し訳ありません|申し訳ございません|お手伝いできません|対応できません|すみませんが";

/// How an assistant begins before it comes to the matter.
const GREETINGS: &str = "sure|certainly|of course|absolutely|here is|here's|here’s|here are|below is|great|happy to|i've|i’ve|i have|okay|ok|got it|no problem|let's|let’s|thanks|thank you\
|gerne|natürlich|klar|hier ist|hier sind|selbstverständlich|sehr gerne|unten findest|anbei\
|bien sûr|voici|avec plaisir|certainement|d'accord|d’accord|absolument\
|claro|por supuesto|aquí tienes|aquí está|con gusto|desde luego\
|natuurlijk|hier is|zeker|graag gedaan|prima\
|selvfølgelig|her er|klart|naturligvis|gerne\
|com certeza|aqui está|aqui vai|com prazer\
|물론|네,|네!|다음은|아래는|여기|알겠습니다\
|もちろん|承知|かしこまりました|以下|はい、|了解";

/// How an assistant ends when the matter is done.
const OFFERS: &str = "let me know|would you like|do you want me|if you'd like|if you’d like|if you would like|if you want|feel free|i hope this|hope this helps|shall i|want me to|just let me|i can also|should i|need anything else|is there anything\
|lass mich wissen|lassen sie mich wissen|möchtest du|möchten sie|soll ich|sag bescheid|sag mir|wenn du möchtest|wenn sie möchten|ich hoffe, das|falls du|melde dich\
|n'hésite|n’hésite|n'hésitez|n’hésitez|souhaitez-vous|souhaites-tu|voulez-vous|veux-tu|dis-moi|dites-moi|faites-moi savoir|j'espère que|j’espère que|si vous voulez|si tu veux|je peux aussi\
|avísame|si quieres|quieres que|¿quieres|dime si|espero que esto|no dudes|¿te gustaría|puedo también\
|laat me weten|wil je dat|zal ik|als je wilt|ik hoop dat|laat maar weten\
|sig til|vil du have|lad mig vide|skal jeg|hvis du vil|jeg håber\
|me avise|se quiser|quer que|espero que isso|fico à disposição|gostaria que\
|필요하시면|말씀해 주세요|알려 주세요|알려주세요|도움이 되|원하시면|더 필요\
|必要であれば|お知らせください|ご希望|お役に立て|他に|ご要望|教えてください";

/// Good wishes: the last word of a dossier.
const WISHES: &str = "good luck|best of luck|you've got this|you’ve got this|you got this|break a leg|viel erfolg|viel glück|toi, toi|du schaffst|bonne chance|bon courage|buena suerte|mucha suerte|mucho éxito|succes|veel succes|held og lykke|boa sorte|행운을|화이팅|파이팅|응원|頑張って|がんばって|健闘を|幸運を";

/// Whether a text begins with one of the phrases, as words.
fn begins(text: &str, phrases: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '¿').to_lowercase();
    phrases.split('|').any(|phrase| {
        text.strip_prefix(phrase).is_some_and(|rest| {
            phrase.chars().any(is_cjk)
                || !phrase.ends_with(char::is_alphanumeric)
                || !rest.starts_with(char::is_alphanumeric)
        })
    })
}

/// An assistant that will not do it.
pub fn is_refusal(text: &str) -> bool {
    begins(text, REFUSALS)
}

/// An assistant that is about to begin.
pub fn is_greeting(text: &str) -> bool {
    begins(text, GREETINGS)
}

/// An assistant that offers to do more.
pub fn is_offer(text: &str) -> bool {
    let lower = text.to_lowercase();
    begins(text, OFFERS) || OFFERS.split('|').any(|phrase| phrase.chars().any(is_cjk) && lower.contains(phrase))
}

/// Where in a paragraph an offer begins, behind another sentence.
pub fn offer_at(text: &str) -> Option<usize> {
    let ends = text.match_indices(['.', '!', '?', '。', '！']).map(|(at, sign)| at + sign.len());
    let starts = ends.filter_map(|end| {
        let rest = text.get(end..)?;
        let skip = rest.find(|c: char| c.is_alphanumeric() || c == '¿')?;
        (skip > 0).then_some(end + skip)
    });
    starts.into_iter().find(|start| text.get(*start..).is_some_and(is_offer))
}

/// Good wishes.
pub fn is_wish(text: &str) -> bool {
    let lower = text.to_lowercase();
    begins(text, WISHES) || WISHES.split('|').any(|phrase| phrase.chars().any(is_cjk) && lower.contains(phrase))
}

/// Whether a text asks for something: by its mark, or by how it begins.
pub fn is_question(text: &str) -> bool {
    let text = text.trim_end_matches(['*', '_', ' ', '"', '”', '“', ')', '»']);
    if text.ends_with(['?', '？', '؟']) {
        return true;
    }
    let korean = ["주세요", "보세요", "십시오", "나요", "까요", "습니까", "ください", "か。", "ますか", "ですか"];
    let bare = text.trim_end_matches(['.', '。', '!']);
    korean.iter().any(|end| bare.ends_with(end.trim_end_matches('。'))) || begins(text, IMPERATIVES)
}

/// Whether a text ends with a question mark.
pub fn is_asked(text: &str) -> bool {
    text.trim_end_matches(['*', '_', ' ', '"', '”', '“', ')', '»']).ends_with(['?', '？', '؟'])
}
