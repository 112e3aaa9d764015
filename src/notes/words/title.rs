//! What titles hold besides a meaning: numbers, words of preparation, roles, the name of a company.

use super::{holds, is_cjk, is_one_of, normal};

/// Words that say that a title speaks of preparation, not of a company or a role.
const PREPARATION: &str = "interview preparation dossier|interview prep dossier|interview preparation guide|interview prep guide|interview prep pack|interview prep|interview preparation|interview guide|interview dossier|interview briefing|prep dossier|prep guide|prep sheet|prep notes|prep|preparation dossier|your interview|job interview|interview|dossier|briefing|cheat sheet\
|gesprächsvorbereitung|interviewvorbereitung|vorbereitung auf das vorstellungsgespräch|vorbereitung vorstellungsgespräch|vorstellungsgespräch|bewerbungsgespräch|vorbereitung|interviewdossier\
|préparation d’entretien|préparation d'entretien|préparation à l’entretien|préparation à l'entretien|préparation de l’entretien|dossier d’entretien|dossier d'entretien|préparation entretien|entretien d'embauche|entretien d’embauche|entretien|préparation\
|preparación de la entrevista|preparación para la entrevista|preparación de entrevista|preparación entrevista|dossier de entrevista|entrevista\
|gespreksvoorbereiding|sollicitatievoorbereiding|voorbereiding sollicitatiegesprek|voorbereiding|sollicitatiegesprek\
|samtaleforberedelse|forberedelse til jobsamtale|jobsamtale|forberedelse\
|preparação para a entrevista|preparação para entrevista|preparação da entrevista|preparação\
|면접 준비|면접 대비|면접 준비 자료|면접\
|面接対策|面接準備|面接対策資料|面接";

/// Words of roles.
const ROLES: &str = "engineer|developer|manager|architect|designer|analyst|scientist|consultant|director|lead|specialist|administrator|officer|head of|product owner|scrum master|sre|devops|intern|programmer|researcher|recruiter|assistant|coordinator|nurse|teacher|accountant|writer|editor|technician|pharmacist|physician|doctor|lawyer|attorney|paralegal|journalist|marketer|representative|strategist|planner|tester|supervisor|instructor|professor|lecturer|librarian|therapist|psychologist|social worker|mechanic|electrician|buyer|controller|auditor|statistician|chemist|biologist|chef de partie|receptionist|driver|clerk\
|entwickler|ingenieur|leiter|berater|architekt|referent|sachbearbeiter|fachkraft|spezialist|teamleit|projektleit|abteilungsleit|bereichsleit|pfleger|pflegefach|lehrer|assistent|buchhalter|techniker|kauffrau|kaufmann|erzieher\
|développeu|ingénieur|chef de|cheffe de|infirmi|comptable|directeur|directrice|assistant|technicien|conseill|responsable|consultant|architecte|analyste|chargé\
|desarrollador|ingenier|jefe|gerente|analista|arquitecto|consultor|director|enfermer|contable|técnico|técnica de|profesor|responsable\
|ontwikkelaar|adviseur|hoofd|beheerder|projectleider|verpleegkundig|leraar|boekhouder|medewerker\
|udvikler|ingeniør|leder|konsulent|arkitekt|rådgiver|sygeplejerske|lærer|bogholder|medarbejder\
|desenvolvedor|engenheir|gerente|analista|arquiteto|programador|enfermeir|contador|professor|técnico|diretor\
|개발자|엔지니어|매니저|디자이너|기획자|연구원|담당자|분석가|아키텍트\
|エンジニア|開発者|マネージャー|デザイナー|アナリスト|プログラマー|リーダー|担当";

/// What stands beside the name of a company in a heading that asks why one wants to go there.
const WHY: &str = "why|why join|why choose|warum|warum zu|warum zur|pourquoi|por qué|waarom|hvorfor|por que|왜|なぜ";

/// What stands beside the name of a company in a heading about it.
const ABOUT: &str = "about|understanding|knowing|know|get to know|getting to know|researching|who is|who are|what is|über|was ist|wer ist|à propos de|a propos de|comprendre|qui est|sobre|conocer|conoce|entender|over|wie is|om|hvem er|conhecer|conheça|소개|에 대해|について|とは";

/// Whether a title has a Roman number in front: `IV. The company`.
pub fn is_roman(title: &str) -> bool {
    let rest = title.trim_start_matches(['I', 'V', 'X']);
    rest.len() < title.len() && rest.starts_with(". ")
}

/// Whether a title has a letter in front, and belongs below one with a number: `B. Behavioral questions`.
pub fn is_lettered(title: &str) -> bool {
    let mut chars = title.chars();
    let letter = chars.next().is_some_and(|c| c.is_ascii_uppercase() && !"IVX".contains(c));
    letter && matches!(chars.next(), Some('.' | ')'))
}

/// Whether a heading calls itself a round and nothing more: `Round 2`.
pub fn is_round(title: &str) -> bool {
    let title = normal(title);
    let (word, number) = title.rsplit_once(' ').unwrap_or((&title, ""));
    let words = ["round", "runde", "tour", "ronda", "ronde", "rodada", "라운드", "回", "interview"];
    words.contains(&word) && number.chars().all(|c| c.is_ascii_digit())
}

/// Whether a heading asks why one wants to go to a company: `Why ACME?`.
pub fn is_why(title: &str, company: &str) -> bool {
    beside(title, company).is_some_and(|rest| is_one_of(&rest, WHY))
}

/// Whether a heading speaks of a company by its name: `About ACME`.
pub fn is_about(title: &str, company: &str) -> bool {
    beside(title, company).is_some_and(|rest| rest.is_empty() || is_one_of(&rest, ABOUT))
}

/// What stands in a title beside the name of a company, or beside the first word of it.
fn beside(title: &str, company: &str) -> Option<String> {
    let (title, company) = (normal(without_number(title)), normal(company));
    let first = company.split(' ').next().filter(|first| first.chars().count() > 3);
    let name = [Some(company.as_str()), first].into_iter().flatten();
    let name = name.into_iter().find(|name| !name.is_empty() && holds(&title, name))?;
    let (before, after) = title.split_once(name)?;
    Some([before.trim(), after.trim()].concat())
}

/// Whether a text holds the words of a role.
pub fn is_role(text: &str) -> bool {
    let lower = text.to_lowercase();
    ROLES.split('|').any(|word| {
        lower.match_indices(word).any(|(at, _)| {
            let before = lower.get(..at).and_then(|before| before.chars().next_back());
            word.chars().count() > 4 || before.is_none_or(|c| !c.is_alphanumeric())
        })
    })
}

/// A title without the words that only say that it is about preparation.
pub fn without_preparation(title: &str) -> &str {
    let mut rest = title.trim();
    let signs = |c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '.' | '+' | '#' | '&');
    loop {
        let before = rest;
        rest = rest.trim_matches(signs);
        for phrase in PREPARATION.split('|') {
            if let Some(inner) = strip(rest, phrase) {
                rest = inner;
                break;
            }
        }
        rest = rest.trim_matches(signs);
        if rest == before {
            return rest;
        }
    }
}

/// Whether a title says that it is about preparation.
pub fn prepares(title: &str) -> bool {
    let bare = title.trim_matches(|c: char| !c.is_alphanumeric());
    without_preparation(bare).trim_matches(|c: char| !c.is_alphanumeric()).len() < bare.len()
}

/// Without a phrase at the start or the end, as words.
fn strip<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric()) || phrase.chars().any(is_cjk);
    if let (Some(head), Some(tail)) = (text.get(..phrase.len()), text.get(phrase.len()..))
        && head.to_lowercase() == phrase
        && free(tail.chars().next())
    {
        let tail = tail.trim_start();
        // "Interview preparation for ACME".
        return Some(
            ["for ", "für ", "pour ", "para ", "voor ", "til ", "zu ", "at "]
                .iter()
                .find_map(|word| tail.strip_prefix(word))
                .unwrap_or(tail),
        );
    }
    let from = text.len().checked_sub(phrase.len())?;
    let (head, tail) = (text.get(..from)?, text.get(from..)?);
    (tail.to_lowercase() == phrase && free(head.chars().next_back())).then_some(head)
}

/// Without a number in front: `1.`, `2.1`, `IV.`, `B)`.
pub(super) fn without_number(title: &str) -> &str {
    let title = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let signs = ['.', ')', ' ', ':'];
    let rest = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if rest.len() < title.len() {
        return rest.trim_start_matches(signs);
    }
    let letters = title.len() - title.trim_start_matches(['I', 'V', 'X']).len();
    let letters = if letters == 0 {
        title.len() - title.trim_start_matches(|c: char| c.is_ascii_uppercase()).len()
    } else {
        letters
    };
    match (title.get(..letters), title.get(letters..)) {
        (Some(number), Some(rest))
            if (number.len() == 1 || number.chars().all(|c| "IVX".contains(c))) && rest.starts_with(['.', ')']) =>
        {
            rest.trim_start_matches(signs)
        }
        _ => title,
    }
}
