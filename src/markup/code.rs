//! Takes source code apart for colouring: comments, strings, numbers and the words a language
//! keeps for itself. No grammar: what it does not know stays plain.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A word of the language.
    Keyword,
    /// Text in quotes.
    Literal,
    /// A number.
    Number,
    /// Said to the reader.
    Comment,
    /// Everything else.
    Plain,
}

/// How a language writes comments and strings, and its words.
struct Language {
    names: &'static [&'static str],
    line_comments: &'static [&'static str],
    block_comment: Option<(&'static str, &'static str)>,
    quotes: &'static [char],
    keywords: &'static str,
    /// SQL does not mind how its words are written.
    any_case: bool,
}

const SLASHES: &[&str] = &["//"];
const HASH: &[&str] = &["#"];
const STARS: Option<(&str, &str)> = Some(("/*", "*/"));
const QUOTES: &[char] = &['"', '\''];
const QUOTES_AND_TICKS: &[char] = &['"', '\'', '`'];

const LANGUAGES: &[Language] = &[
    Language {
        names: &["go", "golang"],
        line_comments: SLASHES,
        block_comment: STARS,
        quotes: QUOTES_AND_TICKS,
        keywords: "break case chan const continue default defer else fallthrough for func go goto if import interface \
                   map package range return select struct switch type var nil true false iota any error string bool \
                   int int32 int64 uint byte rune float64 make new len cap append close panic recover",
        any_case: false,
    },
    Language {
        names: &["rust", "rs"],
        line_comments: SLASHES,
        block_comment: STARS,
        // A lone quote starts a lifetime as often as a character.
        quotes: &['"'],
        keywords: "as async await break const continue crate dyn else enum extern false fn for if impl in let loop \
                   match mod move mut pub ref return self Self static struct super trait true type unsafe use where \
                   while bool char str String u8 u16 u32 u64 usize i8 i16 i32 i64 isize f32 f64 Option Result Some \
                   None Ok Err Vec Box",
        any_case: false,
    },
    Language {
        names: &["python", "py"],
        line_comments: HASH,
        block_comment: None,
        quotes: QUOTES,
        keywords: "and as assert async await break class continue def del elif else except False finally for from \
                   global if import in is lambda match None nonlocal not or pass raise return True try while with \
                   yield self",
        any_case: false,
    },
    Language {
        names: &["javascript", "js", "jsx", "typescript", "ts", "tsx"],
        line_comments: SLASHES,
        block_comment: STARS,
        quotes: QUOTES_AND_TICKS,
        keywords: "abstract any as async await boolean break case catch class const continue default delete do else \
                   enum export extends false finally for from function get if implements import in instanceof \
                   interface let new null number of private protected public readonly return set static string \
                   super switch this throw true try type typeof undefined var void while yield",
        any_case: false,
    },
    Language {
        names: &["java", "kotlin", "kt", "scala", "csharp", "cs", "c#", "swift", "dart", "groovy", "php"],
        line_comments: SLASHES,
        block_comment: STARS,
        quotes: QUOTES,
        keywords: "abstract as assert async await boolean break byte case catch char class const continue data def \
                   default defer do double else enum extends extension false final finally float for foreach fun func \
                   function get guard if implements import in init int interface internal is lateinit let long match \
                   namespace new nil null object open operator override package private protected protocol public \
                   record return sealed self set short static string struct super suspend switch this throw throws \
                   trait true try type typealias use using val var virtual void volatile when where while with yield",
        any_case: false,
    },
    Language {
        names: &["c", "h", "cpp", "c++", "cc", "hpp", "objc", "cuda"],
        line_comments: SLASHES,
        block_comment: STARS,
        quotes: QUOTES,
        keywords: "alignas alignof auto bool break case catch char class concept const constexpr continue decltype \
                   default delete do double else enum explicit export extern false final float for friend goto if \
                   inline int long mutable namespace new noexcept nullptr operator override private protected public \
                   requires return short signed sizeof size_t static struct switch template this throw true try \
                   typedef typename union unsigned using virtual void volatile while NULL include define ifdef ifndef \
                   endif pragma",
        any_case: false,
    },
    Language {
        names: &["sql", "postgresql", "postgres", "mysql", "sqlite"],
        line_comments: &["--"],
        block_comment: STARS,
        quotes: QUOTES,
        keywords: "add all alter and any as asc begin between by case check column commit constraint create cross \
                   default delete desc distinct drop else end exists explain foreign from full group having if in \
                   index inner insert into is join key lateral left like limit not null on or order outer over \
                   partition primary references returning right rollback rows select set table then transaction \
                   union unique update using values view when where window with",
        any_case: true,
    },
    Language {
        names: &["sh", "bash", "shell", "zsh", "console", "fish"],
        line_comments: HASH,
        block_comment: None,
        quotes: QUOTES,
        keywords: "case cd do done echo elif else esac eval exec exit export fi for function if in local read return \
                   set shift source sudo test then trap unset until while",
        any_case: false,
    },
    Language {
        names: &["yaml", "yml", "toml", "ini", "dockerfile", "docker", "makefile", "make", "nginx", "properties", "r"],
        line_comments: HASH,
        block_comment: None,
        quotes: QUOTES,
        keywords: "true false null yes no on off FROM RUN CMD COPY ADD ENV ARG EXPOSE WORKDIR ENTRYPOINT USER VOLUME \
                   LABEL HEALTHCHECK AS",
        any_case: false,
    },
    Language {
        names: &["hcl", "terraform", "tf"],
        line_comments: &["#", "//"],
        block_comment: STARS,
        quotes: &['"'],
        keywords: "backend count data depends_on dynamic each false for for_each if in lifecycle locals module null \
                   output provider provisioner resource required_providers source terraform true var variable version",
        any_case: false,
    },
    Language {
        names: &["ruby", "rb", "elixir", "ex"],
        line_comments: HASH,
        block_comment: None,
        quotes: QUOTES,
        keywords: "alias and begin break case class def defmodule defp do else elsif end ensure false fn for if in \
                   module next nil not or raise rescue return self super then true unless until when while with yield",
        any_case: false,
    },
    Language {
        names: &["json", "json5", "jsonc"],
        line_comments: SLASHES,
        block_comment: STARS,
        quotes: &['"'],
        keywords: "true false null",
        any_case: false,
    },
    Language {
        names: &["proto", "protobuf", "graphql", "thrift", "avro"],
        line_comments: &["//", "#"],
        block_comment: STARS,
        quotes: QUOTES,
        keywords: "bool bytes double enum extend extensions false fixed32 fixed64 float fragment import input int32 \
                   int64 interface map message mutation oneof option optional package query repeated required reserved \
                   returns rpc scalar schema service stream string subscription syntax true type uint32 uint64 union",
        any_case: false,
    },
];

/// The code in pieces; together they are the text.
pub fn tokens<'t>(language: &str, text: &'t str) -> Vec<(Class, &'t str)> {
    let name = language.to_lowercase();
    match LANGUAGES.iter().find(|language| language.names.contains(&name.as_str())) {
        Some(language) => split(language, text),
        None => vec![(Class::Plain, text)],
    }
}

fn split<'t>(language: &Language, text: &'t str) -> Vec<(Class, &'t str)> {
    let mut tokens: Vec<(Class, &str)> = Vec::new();
    let (mut rest, mut plain) = (text, 0);
    while let Some(first) = rest.get(plain..).and_then(|tail| tail.chars().next()) {
        let tail = rest.get(plain..).unwrap_or_default();
        let (class, length) = token(language, first, tail);
        if class == Class::Plain {
            plain += length;
            continue;
        }
        let (before, from) = rest.split_at(plain);
        let (token, after) = from.split_at(length);
        tokens.extend([(Class::Plain, before), (class, token)]);
        (rest, plain) = (after, 0);
    }
    tokens.push((Class::Plain, rest));
    tokens.retain(|(_, token)| !token.is_empty());
    tokens
}

/// What stands at the start of `tail` and how long it is.
fn token(language: &Language, first: char, tail: &str) -> (Class, usize) {
    if language.line_comments.iter().any(|mark| tail.starts_with(mark)) {
        return (Class::Comment, tail.find('\n').unwrap_or(tail.len()));
    }
    if let Some((open, close)) = language.block_comment.filter(|(open, _)| tail.starts_with(open)) {
        let inside = tail.get(open.len()..).and_then(|inside| inside.find(close));
        return (Class::Comment, inside.map_or(tail.len(), |at| open.len() + at + close.len()));
    }
    if language.quotes.contains(&first) {
        return quoted(first, tail).map_or((Class::Plain, 1), |length| (Class::Literal, length));
    }
    if !is_word(first) {
        return (Class::Plain, first.len_utf8());
    }
    let length = tail.find(|c| !is_word(c)).unwrap_or(tail.len());
    (word_class(language, first, tail.get(..length).unwrap_or_default()), length)
}

fn word_class(language: &Language, first: char, word: &str) -> Class {
    let known = |keyword: &str| if language.any_case { keyword.eq_ignore_ascii_case(word) } else { keyword == word };
    if first.is_ascii_digit() {
        Class::Number
    } else if language.keywords.split_ascii_whitespace().any(known) {
        Class::Keyword
    } else {
        Class::Plain
    }
}

/// The length of a text in three quotes, over several lines, or in one; a single-line one that is not closed is none, and an apostrophe
/// stays one.
fn quoted(quote: char, tail: &str) -> Option<usize> {
    let three: String = std::iter::repeat_n(quote, 3).collect();
    if let Some(inside) = tail.strip_prefix(&three) {
        return inside.find(&three).map(|at| at + 2 * three.len());
    }
    let mut escaped = false;
    for (at, c) in tail.char_indices().skip(1) {
        match c {
            '\n' if quote != '`' => return None,
            _ if escaped => escaped = false,
            '\\' if quote != '`' => escaped = true,
            _ if c == quote => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
