//! What people call the keys of the format, and its words: in other English words, and in the languages that have labels.

/// A key, and words that can only mean it where it can stand. The order matters: `stelle` is the job in the
/// dossier, and the role in the job.
const WORDS: &[(&str, &str)] = &[
    ("language", "lang|sprache|langue|idioma|taal|sprog|língua|언어|言語"),
    ("job", "stelle|poste|puesto|baan|vacature|stilling|vaga|role|position|직무|求人"),
    (
        "candidate",
        "applicant|kandidat|kandidatin|bewerber|bewerberin|candidat|candidato|candidata|kandidaat|지원자|候補者",
    ),
    (
        "interview",
        "interviews|rounds|vorstellungsgespräch|gespräch|termin|entretien|entrevista|gesprek|samtale|jobsamtale|면접|面接",
    ),
    ("overview", "summary|überblick|zusammenfassung|aperçu|résumé|resumen|overzicht|overblik|resumo|개요|概要"),
    ("fit", "why_me|match|passung|adéquation|encaje|adequação|적합성"),
    ("highlights", "strengths|stärken|highlights_cv|atouts|points_forts|fortalezas|sterke_punten|styrker|강점|強み"),
    (
        "stories",
        "star|star_stories|geschichten|histoires|récits|historias|verhalen|historier|histórias|이야기|エピソード",
    ),
    ("questions", "interview_questions|fragen|preguntas|vragen|spørgsmål|perguntas|질문|質問"),
    (
        "ask",
        "questions_to_ask|ask_them|my_questions|rückfragen|eigene_fragen|meine_fragen|mes_questions|mis_preguntas|eigen_vragen|역질문|逆質問",
    ),
    (
        "concepts",
        "topics_to_review|begriffe|konzepte|notions|concepts_clés|conceptos|begrippen|begreber|conceitos|개념|用語",
    ),
    ("advice", "tips|tipps|ratschläge|conseils|consejos|advies|råd|conselhos|dicas|조언|アドバイス"),
    ("closing", "conclusion|schluss|schlusswort|cierre|slot|afslutning|encerramento|맺음말|最後に"),
    ("study", "study_plan|lernen|lernplan|révision|estudio|studie|estudo|학습|学習"),
    ("sections", "other|more|weiteres|abschnitte|autres|otros|overig|andet|outros"),
    (
        "company",
        "employer|organization|organisation|firma|unternehmen|arbeitgeber|entreprise|société|empresa|bedrijf|werkgever|virksomhed|회사|会社",
    ),
    (
        "role",
        "position|title|job_title|stelle|rolle|poste|rôle|puesto|rol|cargo|functie|stilling|vaga|função|직무|職種",
    ),
    (
        "location",
        "place|city|office|where|ort|standort|lieu|lugar|ubicación|plaats|locatie|sted|local|장소|場所|勤務地",
    ),
    ("arrangement", "work_model|remote|arbeitsmodell|télétravail|modalidad|werkvorm|arbejdsform|regime"),
    ("compensation", "salary|pay|gehalt|vergütung|salaire|rémunération|sueldo|salario|salaris|løn|salário|연봉|年収"),
    ("team", "équipe|equipo|equipe|팀|チーム"),
    ("link", "url|website|lien|enlace|링크|リンク"),
    ("facts", "fakten|faits|datos|feiten|fakta|fatos|dados"),
    ("date", "when|day|datum|wann|quand|fecha|dato|data|날짜|日付|日時"),
    (
        "time_zone",
        "timezone|tz|zone|zeitzone|fuseau|fuseau_horaire|zona_horaria|tijdzone|tidszone|fuso_horário|시간대|タイムゾーン",
    ),
    ("duration", "length|dauer|durée|duración|duur|varighed|duração"),
    ("with", "who|interviewer|interviewers|panel|people|mit|avec|con|met|med|com|면접관|面接官"),
    ("notes", "note|notizen|remarques|notas|notities|noter|메모|メモ"),
    ("name", "navn|nom|nombre|naam|nome|이름|名前"),
    ("question", "q|frage|pregunta|vraag|pergunta|질문|質問"),
    ("concept", "term|begriff|notion|concepto|begrip|begreb|conceito|개념|用語"),
    ("answer", "a|antwort|réponse|respuesta|antwoord|svar|resposta|답변|回答"),
    (
        "explanation",
        "definition|meaning|erklärung|bedeutung|explication|explicación|uitleg|forklaring|explicação|설명|説明",
    ),
    ("hints", "hint|tip|tips|hinweise|tipp|tipps|indices|pistas|vink|dicas|힌트|ヒント"),
    ("example", "beispiel|exemple|ejemplo|voorbeeld|eksempel|exemplo|예시|例"),
    ("confidence", "sicherheit|confiance|confianza|vertrouwen|sikkerhed|confiança"),
    ("priority", "importance|priorität|priorité|prioridad|prioriteit|prioritet|prioridade|우선순위|優先度"),
    ("tags", "labels|schlagwörter|étiquettes|etiquetas|태그|タグ"),
    ("links", "resources|read_more|liens|enlaces|ressourcen"),
    ("situation", "situación|situatie|situação|상황|状況"),
    ("task", "aufgabe|tâche|tarea|taak|opgave|tarefa|과제|課題"),
    ("action", "vorgehen|handlung|acción|actie|handling|ação|행동|行動"),
    ("result", "ergebnis|resultat|résultat|resultado|resultaat|결과|結果"),
    ("starts", "start|start_date|from|beginn|début|inicio|begin|início"),
    ("hours", "times|zeiten|stunden|heures|horas|uren|timer|시간|時間"),
    ("days_off", "off|holidays|vacation|urlaub|frei|congés|vacaciones|vakantie|ferie|férias"),
    ("session", "session_length|sitzung"),
    ("max_per_day", "per_day|daily|daily_limit"),
    ("reminder", "reminders|alarm|erinnerung|rappel|recordatorio|herinnering|påmindelse|lembrete"),
    ("mock_interviews", "mocks|mock|probeinterviews"),
    ("topics", "themen|thèmes|temas|onderwerpen|emner|주제"),
    ("estimate", "time|hours|effort|aufwand"),
    ("everyday", "daily|every_day|täglich"),
    (
        "weekdays",
        "weekday|workdays|mon_fri|monday_friday|mo_fr|lun_ven|lun_vie|ma_vr|man_fre|seg_sex|werktags|wochentags|semaine|laborables|werkdagen|hverdage",
    ),
    ("weekend", "weekends|sat_sun|sa_so|wochenende|fin_de_semana|weekenden"),
    ("low", "niedrig|gering|basse|faible|baja|laag|lav|baixa|낮음|低"),
    ("normal", "medium|mittel|moyenne|media|normaal|gemiddeld|mellem|média|보통|中"),
    ("high", "hoch|haute|élevée|alta|hoog|høj|높음|高"),
    ("mon", "lun|lu|mo|seg|man|monday|montag|lundi|lunes|maandag|mandag|월|月"),
    ("tue", "mar|di|ter|tir|tuesday|dienstag|mardi|martes|dinsdag|tirsdag|화|火"),
    ("wed", "mer|mi|mié|qua|wo|ons|wednesday|mittwoch|mercredi|miércoles|woensdag|onsdag|수|水"),
    ("thu", "jeu|jue|do|qui|tor|thursday|donnerstag|jeudi|jueves|donderdag|torsdag|목|木"),
    ("fri", "ven|vie|vr|sex|fre|friday|freitag|vendredi|viernes|vrijdag|fredag|금|金"),
    ("sat", "sam|sáb|sa|za|lør|saturday|samstag|sonnabend|samedi|sábado|zaterdag|lørdag|토|土"),
    ("sun", "dim|dom|so|zo|søn|sunday|sonntag|dimanche|domingo|zondag|søndag|일|日"),
];

/// The key among those that are absent which a word means.
pub fn key(word: &str, absent: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let word = word.trim().to_lowercase().replace([' ', '-'], "_");
    let absent: Vec<&str> = absent.collect();
    let means = |(key, words): &&(&'static str, &str)| absent.contains(key) && is_one_of(&word, words);
    WORDS.iter().find(means).map(|(key, _)| *key)
}

/// Whether a word is one of some, which stand with `|` between them.
pub fn is_one_of(word: &str, words: &str) -> bool {
    words.split('|').any(|known| known == word)
}

/// Whether a key names the time of the day, which has no key of its own.
pub fn is_time(word: &str) -> bool {
    let word = word.to_lowercase();
    ["time", "start", "start_time", "uhrzeit", "zeit", "heure", "hora", "tijd", "tid", "시간", "時間"]
        .contains(&word.as_str())
}
