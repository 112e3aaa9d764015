//! What headings and labels mean, in the languages that the program has labels for. Phrases are in lower
//! case with `|` between them; the longest one found in a heading decides. One behind `=` is all of a heading.

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Company, role, place, pay.
    Job,
    /// When and where the interview takes place.
    Interview,
    /// What the job is about.
    Overview,
    /// Why it fits.
    Fit,
    /// What to show.
    Highlights,
    /// About the company.
    Company,
    /// STAR answers.
    Stories,
    /// What they will ask.
    Questions,
    /// What to ask them.
    Ask,
    /// What to know.
    Concepts,
    /// How to go about it.
    Advice,
    /// The last word.
    Closing,
    /// When to study.
    Study,
    /// The key `sections` itself, in what `export` writes.
    Sections,
    /// Settings of the file, in what `export` writes.
    File,
}

impl Kind {
    /// Those that are parts of a dossier, with content of their own.
    pub const PARTS: [Self; 11] = [
        Self::Overview,
        Self::Fit,
        Self::Highlights,
        Self::Company,
        Self::Stories,
        Self::Questions,
        Self::Ask,
        Self::Concepts,
        Self::Advice,
        Self::Sections,
        Self::Closing,
    ];

    /// The key of the format that it becomes.
    pub fn key(self) -> &'static str {
        match self {
            Self::Job => "job",
            Self::Interview => "interview",
            Self::Overview => "overview",
            Self::Fit => "fit",
            Self::Highlights => "highlights",
            Self::Company => "company",
            Self::Stories => "stories",
            Self::Questions => "questions",
            Self::Ask => "ask",
            Self::Concepts => "concepts",
            Self::Advice => "advice",
            Self::Closing => "closing",
            Self::Study => "study",
            Self::Sections | Self::File => "sections",
        }
    }
}

/// What a label in front of a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// `job.company`
    Company,
    /// `job.role`
    Role,
    /// `job.location`
    Location,
    /// `job.arrangement`
    Arrangement,
    /// `job.compensation`
    Compensation,
    /// `job.team`
    Team,
    /// A link to the advertisement or the meeting.
    Link,
    /// The person with the interview.
    Candidate,
    /// The day, perhaps with the time.
    Date,
    /// The time alone.
    Time,
    /// The zone of that time.
    TimeZone,
    /// How long it takes.
    Duration,
    /// The people on the other side.
    With,
    /// Anything else about the round.
    Notes,
    /// A question.
    Question,
    /// Its answer.
    Answer,
    /// Hints to it.
    Hints,
    /// An example.
    Example,
    /// How sure one is.
    Confidence,
    /// How much it matters.
    Priority,
    /// Free tags.
    Tags,
    /// Where to read more.
    Links,
    /// The identity of an item.
    Id,
    /// STAR
    Situation,
    /// STAR
    Task,
    /// STAR
    Action,
    /// STAR
    Result,
}

impl Field {
    /// Whether it says something about the job or the interview.
    pub fn is_fact(self) -> bool {
        matches!(
            self,
            Self::Company
                | Self::Role
                | Self::Location
                | Self::Arrangement
                | Self::Compensation
                | Self::Team
                | Self::Link
                | Self::Candidate
                | Self::Date
                | Self::Time
                | Self::TimeZone
                | Self::Duration
                | Self::With
        )
    }
}

/// Languages in the order of the columns below.
pub const LANGUAGES: [&str; 9] = ["en", "de", "fr", "es", "nl", "da", "pt", "ko", "ja"];

type Row<T> = (T, [&'static str; 9]);

/// Parts of headings.
const SECTIONS: &[Row<Kind>] = &[
    (
        Kind::Job,
        [
            "job facts|key facts|quick facts|at a glance|job details|role details|position details|the job|the facts|logistics of the job|job at a glance|role at a glance|quick snapshot|job snapshot|role snapshot|facts",
            "eckdaten|auf einen blick|die fakten|fakten|stellendaten|die stelle",
            "en un coup d œil|fiche du poste|infos clés|informations clés|le poste",
            "datos clave|ficha del puesto|de un vistazo|el puesto",
            "kerngegevens|in een oogopslag|feiten|de baan",
            "nøglefakta|fakta|jobfakta|jobbet",
            "dados da vaga|ficha da vaga|em resumo|a vaga",
            "기본 정보|채용 정보|핵심 정보|직무 정보",
            "基本情報|求人情報|募集要項",
        ],
    ),
    (
        Kind::Interview,
        [
            "interview details|interview logistics|logistics|interview schedule|when and where|interview format|the interview|interview date|interview process|interview rounds|=interview|=interviews|=job interview|=your interview|=my interview",
            "termin|gesprächstermin|interviewtermin|wann und wo|ablauf des gesprächs|das gespräch|vorstellungsgespräch termin|=vorstellungsgespräch|=bewerbungsgespräch|=gespräch",
            "détails de l entretien|date de l entretien|quand et où|l entretien|logistique|déroulement de l entretien|=entretien|=entretien d embauche|=votre entretien|=ton entretien",
            "detalles de la entrevista|fecha de la entrevista|cuándo y dónde|la entrevista|logística|=entrevista|=entrevista de trabajo|=tu entrevista",
            "gespreksdetails|wanneer en waar|het gesprek|afspraak|logistiek|=gesprek|=sollicitatiegesprek",
            "samtaledetaljer|hvornår og hvor|samtalen|praktisk|=samtale|=jobsamtale|=jobsamtalen",
            "detalhes da entrevista|data da entrevista|quando e onde|a entrevista|logística|=entrevista|=entrevista de emprego|=sua entrevista",
            "면접 일정|면접 정보|면접 일시|면접 안내|=면접",
            "面接日程|面接の日程|面接詳細|面接情報|面接",
        ],
    ),
    (
        Kind::Overview,
        [
            "job overview|understanding the role|role overview|position overview|overview|job summary|role summary|position summary|job description|about the role|about the job|about the position|the role|executive summary|summary|introduction|tl dr",
            "überblick|zusammenfassung|stellenbeschreibung|über die stelle|über die rolle|die rolle|stellenüberblick|kurzfassung|einleitung|stellenprofil",
            "aperçu|vue d ensemble|résumé du poste|description du poste|à propos du poste|présentation du poste|en bref|synthèse|introduction",
            "resumen|descripción del puesto|sobre el puesto|visión general|panorama|introducción",
            "overzicht|samenvatting|functieomschrijving|over de functie|over de rol|de functie|inleiding",
            "overblik|jobbeskrivelse|om jobbet|om stillingen|resumé|sammenfatning|stillingen",
            "visão geral|resumo da vaga|descrição da vaga|sobre a vaga|resumo|introdução",
            "개요|직무 개요|직무 요약|요약|직무 소개|포지션 개요",
            "概要|職務概要|ポジション概要|仕事内容|求人概要|サマリー",
        ],
    ),
    (
        Kind::Fit,
        [
            "why this job is a fit|why you re a fit|why you are a fit|why you fit|why this role fits|why this role|why this job|why it fits|good fit|great fit|strong fit|fit for|a fit|job fit|your fit|role fit|fit analysis|why you re a great match|great match|a match|why you",
            "warum die stelle passt|warum du passt|warum sie passen|warum es passt|warum diese stelle|warum ich passe|passung|warum der job passt|warum passt|wichtigsten argumente|deine argumente|ihre argumente",
            "pourquoi ce poste|pourquoi vous convenez|pourquoi tu conviens|adéquation|pourquoi vous|pourquoi toi|pourquoi le poste",
            "por qué encajas|por qué este puesto|por qué encaja|encaje|por qué eres",
            "waarom deze baan|waarom je past|waarom jij past|waarom deze functie|de match|waarom dit past",
            "derfor passer|hvorfor passer|hvorfor jobbet|hvorfor du passer|match",
            "por que esta vaga|por que você|por que combina|adequação|aderência|por que se encaixa",
            "이유|적합한 이유|나와 맞는|적합성|왜 이",
            "合う理由|合っている理由|適している理由|マッチする理由|向いている理由|なぜ",
        ],
    ),
    (
        Kind::Highlights,
        [
            "resume highlights|cv highlights|your highlights|highlights for|highlights|key strengths|your strengths|strengths|selling points|relevant experience|your experience|key achievements|achievements|accomplishments|key qualifications|qualifications|what to emphasize|what to highlight|skills to highlight",
            "deine stärken|ihre stärken|stärken|lebenslauf highlights|höhepunkte|relevante erfahrung|erfolge|qualifikationen|highlights",
            "points forts|vos atouts|tes atouts|atouts|expérience pertinente|réalisations|points clés du cv|forces",
            "puntos fuertes|fortalezas|logros|experiencia relevante|aspectos destacados|méritos",
            "sterke punten|relevante ervaring|prestaties|hoogtepunten|kwaliteiten|kwalificaties",
            "styrker|relevant erfaring|resultater fra cv|højdepunkter|kvalifikationer",
            "pontos fortes|destaques|conquistas|experiência relevante|realizações|qualificações",
            "강점|주요 경력|하이라이트|핵심 경험|이력서|강조할|성과",
            "強み|アピールポイント|実績|職務経歴|経歴のハイライト|セールスポイント",
        ],
    ),
    (
        Kind::Company,
        [
            "company summary|company snapshot|understanding the company|company overview|company research|company background|company profile|company insights|company information|company info|company culture|about the company|about them|know the company|company|culture and values|recent news|the organization|about the organization|employer",
            "über das unternehmen|unternehmensprofil|unternehmen|firma|die firma|über die firma|firmenprofil|arbeitgeber|unternehmensrecherche",
            "à propos de l entreprise|entreprise|l entreprise|présentation de l entreprise|la société|société|employeur",
            "sobre la empresa|empresa|la empresa|investigación de la empresa|perfil de la empresa|la compañía|compañía",
            "over het bedrijf|bedrijf|het bedrijf|bedrijfsprofiel|bedrijfsonderzoek|werkgever|organisatie",
            "om virksomheden|virksomheden|virksomhed|firmaet|om firmaet|virksomhedsprofil|arbejdsgiver",
            "sobre a empresa|empresa|a empresa|perfil da empresa|pesquisa sobre a empresa|a companhia",
            "회사|회사 소개|기업 분석|기업 정보|회사 조사|기업 소개",
            "会社について|企業研究|会社概要|企業情報|企業概要|会社",
        ],
    ),
    (
        Kind::Stories,
        [
            "stories|star stories|star answers|star examples|star example|star story|star answer|star method|behavioral stories|behavioural stories|story bank|stories to tell|star",
            "geschichten|star geschichten|star beispiele|star methode|beispiele nach star|erfahrungsgeschichten|star",
            "récits|histoires|exemples star|histoires star|méthode star|star",
            "historias|ejemplos star|historias star|método star|star",
            "verhalen|star verhalen|star voorbeelden|star methode|star",
            "historier|star historier|star eksempler|star metoden|star",
            "histórias|exemplos star|histórias star|método star|star",
            "이야기|스토리|star 답변|star 사례|경험 사례",
            "エピソード|ストーリー|star",
        ],
    ),
    (
        Kind::Questions,
        [
            "predicted interview questions|likely interview questions|interview questions|likely questions|predicted questions|expected questions|possible questions|potential questions|sample questions|practice questions|questions they will ask|questions they may ask|questions they might ask|questions you may be asked|questions you might be asked|technical questions|behavioral questions|behavioural questions|common questions|q a|q and a|questions and answers|flashcards|flash cards|questions",
            "fragen die kommen werden|mögliche fragen|wahrscheinliche fragen|typische fragen|erwartete fragen|interviewfragen|fachfragen|fragen und antworten|technische fragen|verhaltensfragen|fragen",
            "questions probables|questions possibles|questions d entretien|questions qu on te posera|questions qu on vous posera|questions attendues|questions techniques|questions et réponses|questions fréquentes|questions",
            "preguntas probables|preguntas que te harán|preguntas de la entrevista|preguntas posibles|posibles preguntas|preguntas técnicas|preguntas y respuestas|preguntas frecuentes|preguntas",
            "waarschijnlijke vragen|verwachte vragen|mogelijke vragen|sollicitatievragen|vragen die ze gaan stellen|vragen en antwoorden|technische vragen|vragen",
            "sandsynlige spørgsmål|mulige spørgsmål|forventede spørgsmål|spørgsmål de vil stille|spørgsmål og svar|tekniske spørgsmål|spørgsmål",
            "perguntas prováveis|perguntas que vão fazer|possíveis perguntas|perguntas da entrevista|perguntas técnicas|perguntas e respostas|perguntas frequentes|perguntas",
            "예상 질문|예상 면접 질문|면접 질문|기술 질문|질문과 답변|질문",
            "想定質問|聞かれる質問|予想される質問|よくある質問|技術的な質問|技術質問|質問と回答|質問",
        ],
    ),
    (
        Kind::Ask,
        [
            "questions to ask|what to ask|questions you can ask|questions you should ask|questions for them|questions for the interviewer|questions for the company|questions for your interviewer|your questions|ask them|smart questions|things to ask|reverse questions",
            "fragen die du stellst|eigene fragen|deine fragen|ihre fragen|fragen an das unternehmen|fragen an den arbeitgeber|fragen an die firma|rückfragen|fragen die du stellen|fragen die sie stellen",
            "questions à poser|questions à leur poser|vos questions|tes questions|questions pour eux|questions au recruteur",
            "preguntas que harás|preguntas para hacer|preguntas para hacerles|preguntas para hacerle|preguntas que hacerles|preguntas que hacer|preguntas para ellos|tus preguntas|preguntas para la empresa|preguntas para el entrevistador|preguntas que puedes hacer",
            "vragen die jij stelt|vragen om te stellen|jouw vragen|eigen vragen|vragen aan hen|vragen aan het bedrijf|wedervragen",
            "spørgsmål du vil stille|spørgsmål du kan stille|dine spørgsmål|egne spørgsmål|spørgsmål til dem|spørgsmål til virksomheden|spørgsmål at stille",
            "perguntas que você vai fazer|perguntas para fazer|perguntas a fazer|suas perguntas|perguntas para a empresa|perguntas para eles|perguntas para o entrevistador",
            "내가 할 질문|역질문|물어볼 질문|면접관에게|회사에 물어볼|할 질문",
            "こちらから聞く質問|逆質問|質問すること|聞くべき質問|面接官への質問|こちらからの質問",
        ],
    ),
    (
        Kind::Concepts,
        [
            "concepts to know|brush up on|to brush up|to refresh|refresher|things to brush up on|concepts to review|things to review|things to study|to review|concepts|key concepts|technical concepts|topics to review|topics to study|topics to know|things to know|technical topics|key terms|terms to know|glossary|knowledge areas|what to review|what to study|study topics|review topics|cheat sheet",
            "begriffe|konzepte|wichtige konzepte|grundlagen zum wiederholen|themen zum wiederholen|was du wissen solltest|fachbegriffe|glossar|wissen auffrischen",
            "notions|concepts|concepts clés|notions à connaître|notions à réviser|concepts à réviser|à réviser|glossaire|termes clés",
            "conceptos|conceptos clave|conceptos que dominar|temas a repasar|temas para repasar|glosario|términos clave",
            "begrippen|concepten|kernbegrippen|te herhalen|onderwerpen om te herhalen|woordenlijst|wat je moet weten",
            "begreber|koncepter|nøglebegreber|begreber du skal kende|emner at genopfriske|ordliste",
            "conceitos|conceitos chave|conceitos para dominar|conceitos para revisar|tópicos para revisar|temas para revisar|glossário",
            "개념|핵심 개념|알아 둘 개념|알아둘 개념|복습할 개념|용어",
            "用語|押さえておく|重要な概念|概念|復習すべき|キーワード|知識",
        ],
    ),
    (
        Kind::Advice,
        [
            "strategic advice|advice|tips|strategy|day of tips|interview day tips|quick tips|general tips|interview tips|strategic tips|final tips|recommendations|how to approach|dos and don ts|do s and don ts|dos don ts|do s don ts|day of checklist|interview day checklist|final checklist|the day before|day of the interview|before the interview|red flags|things to avoid|what to avoid|preparation tips|interview strategy|mindset",
            "tipps|ratschläge|checkliste für den tag|checkliste|dos don ts|dos und don ts|am tag des gesprächs|vor dem gespräch|strategie|strategische tipps|hinweise|empfehlungen|worauf du achten|warnsignale|ratschlag",
            "conseils|stratégie|le jour j|=checklist|le jour de l entretien|avant l entretien|à faire et à éviter|conseils stratégiques|astuces|recommandations|signaux d alerte",
            "consejos|estrategia|el día de la entrevista|antes de la entrevista|lista de verificación|consejos estratégicos|recomendaciones|señales de alerta",
            "tips|advies|op de dag zelf|checklist|voor het gesprek|strategie|strategisch advies|adviezen|aanbevelingen|waarschuwingssignalen",
            "råd|gode råd|på dagen|tjekliste|før samtalen|tips|strategi|anbefalinger|strategiske råd|advarselstegn",
            "dicas|conselhos|no dia da entrevista|antes da entrevista|lista de verificação|estratégia|recomendações|dicas estratégicas|sinais de alerta",
            "조언|팁|체크리스트|전략|면접 팁|주의할 점|주의 사항",
            "アドバイス|ヒント|チェックリスト|戦略|心構え|注意点|コツ|対策のポイント",
        ],
    ),
    (
        Kind::Closing,
        [
            "last word|final word|final words|closing|closing thoughts|final thoughts|final note|closing note|good luck|conclusion|final encouragement|final thought|one last thing|closing thought",
            "zum schluss|schlusswort|letzte worte|abschluss|viel erfolg|fazit|viel glück",
            "pour finir|mot de la fin|conclusion|bonne chance|dernier mot",
            "para terminar|última palabra|conclusión|buena suerte|mucha suerte|cierre",
            "tot slot|laatste woord|conclusie|succes|afsluiting|veel succes",
            "til sidst|afslutning|held og lykke|konklusion|afsluttende ord",
            "para terminar|palavra final|conclusão|boa sorte|encerramento",
            "마지막 한마디|마무리|맺음말|행운을|마치며",
            "最後にひとこと|最後に|まとめ|終わりに|おわりに|健闘を",
        ],
    ),
    (
        Kind::Study,
        [
            "study plan|study settings|preparation plan|prep plan|study schedule",
            "lernplan",
            "programme de révision|plan de révision",
            "plan de estudio",
            "studieplan",
            "studieplan",
            "plano de estudos",
            "학습 계획",
            "学習計画",
        ],
    ),
    (Kind::Sections, ["more", "weiteres", "divers", "más", "meer", "mere", "mais", "더 보기", "その他"]),
    (
        Kind::File,
        [
            "about this file",
            "über diese datei",
            "à propos de ce fichier",
            "sobre este archivo",
            "over dit bestand",
            "om denne fil",
            "sobre este arquivo",
            "이 파일에 대하여",
            "このファイルについて",
        ],
    ),
];

/// Whole labels; the first of a language is the one that `export` writes.
const FIELDS: &[Row<Field>] = &[
    (
        Field::Company,
        [
            "company|employer|organization|company name",
            "unternehmen|firma|arbeitgeber",
            "entreprise|société|employeur",
            "empresa|compañía",
            "bedrijf|werkgever|organisatie",
            "virksomhed|firma|arbejdsgiver",
            "empresa|companhia",
            "회사|기업|회사명",
            "会社|企業|会社名|企業名",
        ],
    ),
    (
        Field::Role,
        [
            "role|position|job title|title|job",
            "stelle|rolle|position|jobtitel",
            "poste|rôle|intitulé",
            "puesto|rol|cargo|posición",
            "functie|rol|positie",
            "stilling|rolle|jobtitel",
            "vaga|cargo|função|posição",
            "직무|포지션|직책|직위",
            "職種|ポジション|役職",
        ],
    ),
    (
        Field::Location,
        [
            "location|office|based in|place|where",
            "ort|standort|arbeitsort|wo",
            "lieu|localisation|où",
            "lugar|ubicación|localidad|dónde",
            "plaats|locatie|standplaats|waar",
            "sted|lokation|placering|hvor",
            "local|localização|onde",
            "근무지|위치|장소",
            "勤務地|場所|所在地",
        ],
    ),
    (
        Field::Arrangement,
        [
            "arrangement|work model|work arrangement|work mode|employment type|remote|working model|work style",
            "arbeitsmodell|arbeitsweise|arbeitszeit",
            "mode de travail|télétravail|type de contrat",
            "modalidad|modalidad de trabajo",
            "werkvorm|werkmodel",
            "arbejdsform|ansættelsesform",
            "regime de trabalho|modelo de trabalho|regime",
            "근무 형태|근무형태|근무 방식",
            "働き方|勤務形態|雇用形態",
        ],
    ),
    (
        Field::Compensation,
        [
            "compensation|pay|salary|salary range|comp|compensation range|package",
            "gehalt|vergütung|gehaltsspanne",
            "salaire|rémunération",
            "sueldo|salario|compensación|retribución",
            "salaris|beloning|vergoeding",
            "løn|aflønning",
            "remuneração|salário",
            "보수|연봉|급여",
            "報酬|年収|給与",
        ],
    ),
    (Field::Team, ["team", "team", "équipe", "equipo", "team", "teamet|team", "equipe|time", "팀", "チーム"]),
    (
        Field::Link,
        [
            "link|url|job link|posting|job posting|meeting link",
            "link|anzeige|stellenanzeige",
            "lien|annonce",
            "enlace|oferta|anuncio",
            "link|vacature",
            "link|opslag|jobopslag",
            "link|anúncio",
            "링크|공고",
            "リンク|求人票",
        ],
    ),
    (
        Field::Candidate,
        [
            "candidate|applicant|prepared for",
            "wer|bewerber|bewerberin|kandidat|kandidatin",
            "candidature|candidat|candidate",
            "candidatura|candidato|candidata",
            "kandidaat|sollicitant",
            "ansøger|kandidat",
            "candidatura|candidato|candidata",
            "지원자",
            "応募者|候補者",
        ],
    ),
    (
        Field::Date,
        [
            "date|interview date|when|date and time|date time|interview|day",
            "datum|termin|wann|datum und uhrzeit|interviewtermin",
            "date|quand|date et heure|date de l entretien",
            "fecha|cuándo|fecha y hora|fecha de la entrevista",
            "datum|wanneer|datum en tijd",
            "dato|hvornår|dato og tid",
            "data|quando|data e hora|data da entrevista",
            "날짜|일시|면접 일시|면접일",
            "日付|日時|面接日|面接日時",
        ],
    ),
    (
        Field::Time,
        [
            "time|start time",
            "uhrzeit|zeit|beginn",
            "heure|horaire",
            "hora",
            "tijd|tijdstip|aanvang",
            "tid|tidspunkt|klokken",
            "hora|horário",
            "시간|시각",
            "時間|時刻|開始時間",
        ],
    ),
    (
        Field::TimeZone,
        [
            "time zone|timezone|tz",
            "zeitzone",
            "fuseau horaire|fuseau",
            "zona horaria|huso horario",
            "tijdzone",
            "tidszone",
            "fuso horário|fuso",
            "시간대",
            "タイムゾーン|時間帯",
        ],
    ),
    (
        Field::Duration,
        [
            "duration|length|how long",
            "dauer",
            "durée",
            "duración",
            "duur",
            "varighed",
            "duração",
            "소요 시간|소요시간|길이",
            "所要時間|長さ",
        ],
    ),
    (
        Field::With,
        [
            "with|interviewer|interviewers|interviewer s|panel|who|people|you will meet|you ll meet",
            "mit|gesprächspartner|gesprächspartnerin|gesprächspartnerinnen|interviewer|teilnehmer|teilnehmende",
            "avec|interlocuteur|interlocuteurs|recruteur",
            "con|entrevistador|entrevistadora|entrevistadores",
            "met|gesprekspartner|gesprekspartners|interviewer",
            "med|interviewer|interviewere|samtalepartner",
            "com|entrevistador|entrevistadora|entrevistadores",
            "면접관",
            "面接官|担当者",
        ],
    ),
    (
        Field::Notes,
        [
            "notes|note",
            "notizen|hinweis",
            "à noter|notes",
            "notas|nota",
            "notities|opmerking",
            "noter|bemærk",
            "observações|notas",
            "메모|참고",
            "メモ|備考",
        ],
    ),
    (
        Field::Question,
        ["q|question", "f|frage", "question", "p|pregunta", "v|vraag", "spørgsmål", "p|pergunta", "질문|문", "質問|問"],
    ),
    (
        Field::Answer,
        [
            "answer|a|sample answer|suggested answer|model answer|your answer|possible answer|example answer|how to answer|key points|talking points|approach|suggested approach|response|sample response|answer framework|answer outline|suggested response|model response|strong answer|good answer",
            "antwort|beispielantwort|musterantwort|mögliche antwort",
            "réponse|r|exemple de réponse|réponse type|réponse suggérée",
            "respuesta|r|respuesta sugerida|ejemplo de respuesta",
            "antwoord|voorbeeldantwoord",
            "svar|eksempel på svar|forslag til svar",
            "resposta|r|sugestão de resposta|exemplo de resposta",
            "답변|답|모범 답변|예시 답변",
            "回答|答え|答|回答例|解答",
        ],
    ),
    (
        Field::Hints,
        [
            "hints|hint|tip|tips|pro tip|strategy|what they re looking for|what they are looking for|what they want to hear|why they ask|why they re asking|why they ask this",
            "hinweise|tipp|tipps|strategie|worauf es ankommt|warum sie fragen|was sie hören wollen",
            "indices|indice|piste|conseil|stratégie|ce qu ils cherchent|pourquoi cette question",
            "pistas|pista|consejo|estrategia|qué buscan",
            "hints|hint|tip|strategie|waar ze op letten",
            "vink|hint|hints|tip|strategi|hvad de leder efter",
            "pistas|pista|dica|estratégia|o que procuram",
            "힌트",
            "ヒント",
        ],
    ),
    (
        Field::Example,
        [
            "example|for example|e g",
            "beispiel",
            "exemple",
            "ejemplo",
            "voorbeeld",
            "eksempel",
            "exemplo",
            "예시|예",
            "例|具体例",
        ],
    ),
    (
        Field::Confidence,
        [
            "confidence",
            "sicherheit",
            "confiance",
            "confianza|seguridad",
            "vertrouwen|zekerheid",
            "sikkerhed",
            "confiança",
            "자신감",
            "自信",
        ],
    ),
    (
        Field::Priority,
        [
            "priority|importance",
            "priorität|wichtigkeit",
            "priorité",
            "prioridad",
            "prioriteit",
            "prioritet",
            "prioridade",
            "우선순위|중요도",
            "優先度|重要度",
        ],
    ),
    (
        Field::Tags,
        [
            "tags|tag",
            "schlagwörter|tags",
            "étiquettes|mots clés",
            "etiquetas",
            "labels|tags",
            "mærker|tags",
            "etiquetas|tags",
            "태그",
            "タグ",
        ],
    ),
    (
        Field::Links,
        [
            "read more|links|further reading|resources",
            "mehr dazu|links|weiterlesen",
            "pour en savoir plus|liens|en savoir plus",
            "más información|enlaces|leer más",
            "meer lezen|links",
            "læs mere|links",
            "leia mais|links|saiba mais",
            "더 읽어 보기|참고 자료",
            "参考|もっと読む",
        ],
    ),
    (Field::Id, ["id", "id", "id", "id", "id", "id", "id", "id", "id"]),
    (
        Field::Situation,
        [
            "situation|s|context|background",
            "situation|ausgangslage|kontext",
            "situation|contexte",
            "situación|contexto",
            "situatie|context",
            "situation|kontekst",
            "situação|contexto",
            "상황|배경",
            "状況|背景",
        ],
    ),
    (
        Field::Task,
        [
            "task|t|challenge|goal",
            "aufgabe|ziel",
            "tâche|objectif|défi",
            "tarea|objetivo|reto",
            "taak|doel|uitdaging",
            "opgave|mål",
            "tarefa|objetivo|desafio",
            "과제|과업|목표",
            "課題|目標|任務",
        ],
    ),
    (
        Field::Action,
        [
            "action|actions|a|approach taken",
            "vorgehen|aktion|handlung|maßnahmen",
            "action|actions",
            "acción|acciones",
            "actie|acties|aanpak",
            "handling|handlinger",
            "ação|ações",
            "행동|조치",
            "行動|対応",
        ],
    ),
    (
        Field::Result,
        [
            "result|results|r|outcome|impact",
            "ergebnis|resultat|wirkung",
            "résultat|résultats|impact",
            "resultado|resultados|impacto",
            "resultaat|resultaten|effect",
            "resultat|resultater|effekt",
            "resultado|resultados|impacto",
            "결과|성과",
            "結果|成果",
        ],
    ),
];

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

/// Heads of the first of two columns that say opposite things.
const OPPOSITES: &str = "do|dos|do s|pro|pros|strengths|advantages|stärken|vorteile|points forts|avantages|forces|à faire|puntos fuertes|fortalezas|ventajas|hacer|sterke punten|voordelen|wel doen|styrker|fordele|gør|pontos fortes|vantagens|fazer|강점|장점|強み|長所";

/// What stands beside the name of a company in a heading about it.
const ABOUT: &str = "about|understanding|knowing|know|get to know|getting to know|researching|who is|who are|what is|über|was ist|wer ist|à propos de|a propos de|comprendre|qui est|sobre|conocer|conoce|entender|over|wie is|om|hvem er|conhecer|conheça|소개|에 대해|について|とは";

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

/// A heading or label as it is compared: lower case, letters and digits, single spaces.
pub fn normal(text: &str) -> String {
    let lower: String = text.chars().flat_map(char::to_lowercase).collect();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What a heading means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// What it is about.
    pub kind: Kind,
    /// The column of the language of the phrase.
    pub language: usize,
    /// Whether the phrase is most of the heading.
    pub strong: bool,
}

/// What a heading means, if it means one of our sections.
pub fn section(title: &str) -> Option<Meaning> {
    let title = normal(without_number(title));
    let mut best: Option<(usize, Meaning)> = None;
    for (kind, columns) in SECTIONS {
        for (language, phrases) in columns.iter().enumerate() {
            let found = phrases.split('|').filter_map(|phrase| match phrase.strip_prefix('=') {
                Some(whole) => (title == whole).then_some(whole),
                None => holds(&title, phrase).then_some(phrase),
            });
            let Some(phrase) = found.max_by_key(|phrase| phrase.len()) else { continue };
            let (length, begins) = (phrase.len(), title.starts_with(phrase));
            // Words that mean much by themselves and nothing among others.
            let whole = matches!(kind, Kind::Sections | Kind::File | Kind::Study) || length < 5;
            if (whole && length != title.len()) || best.as_ref().is_some_and(|(known, _)| *known >= length) {
                continue;
            }
            let strong = length * 10 >= title.len() * 6 || (length > 9 && begins);
            best = Some((length, Meaning { kind: *kind, language, strong }));
        }
    }
    best.map(|(_, meaning)| meaning)
}

/// Without a number in front: `1.`, `2.1`, `IV.`, `B)`.
fn without_number(title: &str) -> &str {
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

/// Whether a phrase stands in a text as whole words; in scripts without spaces, anywhere.
fn holds(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + phrase.len()..).and_then(|after| after.chars().next());
        let free = |c: Option<char>| c.is_none_or(|c| c == ' ');
        !phrase.is_ascii() && phrase.chars().any(is_cjk) || (free(before) && free(after))
    })
}

/// Hangul, kana and Han: scripts of which a word says nothing about where it ends.
pub fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7af)
}

/// A label as it is compared: without what stands in brackets behind it.
fn normal_label(label: &str) -> String {
    normal(label.split_once(['(', '（']).map_or(label, |(label, _)| label))
}

/// What a label says, if it is one that we know. `Question 3` is a question.
pub fn field(label: &str) -> Option<Field> {
    let label = normal_label(label);
    let bare = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let known = |wanted: &str| FIELDS.iter().find(|(_, columns)| columns.iter().any(|words| is_one_of(wanted, words)));
    let numbered = |(field, _): &&Row<Field>| matches!(field, Field::Question | Field::Answer);
    known(&label).or_else(|| known(bare).filter(numbered)).map(|(field, _)| *field)
}

/// Whether a label names a field; some words name several.
pub fn names(label: &str, wanted: Field) -> bool {
    let label = normal_label(label);
    let bare = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let numbered = matches!(wanted, Field::Question | Field::Answer);
    let columns = FIELDS.iter().find(|(field, _)| *field == wanted).map(|(_, columns)| columns);
    columns.is_some_and(|columns| {
        columns.iter().any(|words| is_one_of(&label, words) || (numbered && is_one_of(bare, words)))
    })
}

fn is_one_of(word: &str, words: &str) -> bool {
    !word.is_empty() && words.split('|').any(|known| known == word)
}

/// The label that `export` writes for a field.
pub fn label(field: Field, language: &str) -> String {
    let column = column(language);
    let words = FIELDS.iter().find(|(known, _)| *known == field).and_then(|(_, columns)| columns.get(column));
    let first = words.and_then(|words| words.split('|').next()).unwrap_or_default();
    let mut chars = first.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// The heading that `export` writes for what has no label among those of the outputs.
pub fn heading(kind: Kind, language: &str) -> String {
    let words =
        SECTIONS.iter().find(|(known, _)| *known == kind).and_then(|(_, columns)| columns.get(column(language)));
    let first = words.and_then(|words| words.split('|').next()).unwrap_or_default();
    let mut chars = first.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// The column of a language; English stands in for others.
pub fn column(language: &str) -> usize {
    let primary = language.split('-').next().unwrap_or_default().to_lowercase();
    LANGUAGES.iter().position(|known| *known == primary).unwrap_or_default()
}

/// What a topic without a name is called.
pub fn general(language: &str) -> &'static str {
    ["General", "Allgemein", "Général", "General", "Algemeen", "Generelt", "Geral", "일반", "全般"]
        .get(column(language))
        .copied()
        .unwrap_or("General")
}

/// What footnotes stand below.
pub fn footnotes(language: &str) -> &'static str {
    [
        "Footnotes",
        "Fußnoten",
        "Notes de bas de page",
        "Notas al pie",
        "Voetnoten",
        "Fodnoter",
        "Notas de rodapé",
        "각주",
        "脚注",
    ]
    .get(column(language))
    .copied()
    .unwrap_or("Footnotes")
}

/// Whether the head of a column says that the next one holds the opposite, not what belongs to it.
pub fn is_opposite(head: &str) -> bool {
    is_one_of(&normal(head), OPPOSITES)
}

/// Whether a heading speaks of a company by its name: `About ACME`.
pub fn is_about(title: &str, company: &str) -> bool {
    let (title, company) = (normal(without_number(title)), normal(company));
    let Some(at) = title.find(&company).filter(|_| !company.is_empty() && holds(&title, &company)) else {
        return false;
    };
    let rest = [title.get(..at), title.get(at + company.len()..)].map(|part| part.unwrap_or_default().trim()).concat();
    rest.is_empty() || is_one_of(&rest, ABOUT)
}

/// Whether a heading calls itself a round and nothing more: `Round 2`.
pub fn is_round(title: &str) -> bool {
    let title = normal(title);
    let (word, number) = title.rsplit_once(' ').unwrap_or((&title, ""));
    let words = ["round", "runde", "tour", "ronda", "ronde", "rodada", "라운드", "回", "interview"];
    words.contains(&word) && number.chars().all(|c| c.is_ascii_digit())
}

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
