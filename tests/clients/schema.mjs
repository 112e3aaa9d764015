// Asks two readers of JSON Schema: ajv, whether it lets the good dossiers through and stops what the
// program calls wrong by its shape; and the YAML language server (the one in VS Code, Neovim, Helix),
// whether a person who types gets completions, explanations and marks at mistakes.
//
// usage: schema.mjs REPOSITORY DOSSIER
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import Ajv from "ajv";
import YAML from "yaml";

const [repository, dossier] = process.argv.slice(2).map((path) => resolve(path));
const schemaFile = join(repository, "templates/dossier.schema.json");
const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
const said = (ok, what, detail = "") => console.log(`${ok ? "ok  " : "FAIL"} schema: ${what}${ok ? "" : ` ${detail}`}`);

// Dates and the like stay texts, as the program reads them; what repeats a key is for the program.
const read = (text) => YAML.parse(text, { schema: "core", version: "1.2", uniqueKeys: false, logLevel: "silent" });

const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
const files = (folder) => readdirSync(join(repository, folder)).filter((name) => name.endsWith(".yaml")).map((name) => join(repository, folder, name));

for (const file of [...files("input"), ...files("tests/dossiers/good")]) {
  const valid = validate(read(readFileSync(file, "utf8")));
  said(valid, `${file.slice(repository.length + 1)} is valid`, JSON.stringify(validate.errors?.slice(0, 3)));
}
for (const size of ["small", "medium", "full"]) {
  const text = execFileSync(dossier, ["init", "-", "--size", size], { encoding: "utf8" });
  said(validate(read(text)), `dossier init --size ${size} is valid`, JSON.stringify(validate.errors?.slice(0, 3)));
}

// What the program exports as JSON is by the schema too.
for (const file of [...files("input"), ...files("tests/dossiers/good")]) {
  const text = execFileSync(dossier, ["export", file, "--to", "json"], { encoding: "utf8" });
  said(validate(JSON.parse(text)), `${file.slice(repository.length + 1)} is valid as JSON`, JSON.stringify(validate.errors?.slice(0, 3)));
}

// Each key's own example fits the place where it stands.
const seen = [];
const examples = (node) => {
  if (Array.isArray(node)) return node.forEach(examples);
  if (node === null || typeof node !== "object") return undefined;
  for (const [key, value] of Object.entries(node.properties ?? {})) {
    const fits = new Ajv({ strict: false }).compile({ ...value, definitions: schema.definitions });
    seen.push([key, (value.examples ?? []).length > 0 && value.examples.every((example) => fits(example)) && (value.description ?? "").length > 5]);
  }
  return Object.values(node).forEach(examples);
};
examples(schema);
said(seen.length > 60 && seen.every(([, ok]) => ok), `${seen.length} keys have a description and an example that fits`, String(seen.filter(([, ok]) => !ok).map(([key]) => key)));

// What the program finds wrong by its shape alone, the schema finds wrong as well. What needs a
// calendar, the rest of the file or the text itself is not its business.
const SHAPES = ["E0103", "E0105", "E0106", "E0111", "E0206", "E0207", "E0208", "E0213", "E0214"];
for (const file of files("tests/dossiers/bad")) {
  const lines = execFileSync("sh", ["-c", '"$0" check "$1" --format json || true', dossier, file], { encoding: "utf8" });
  const codes = lines.trim().split("\n").map((line) => JSON.parse(line).code);
  if (!codes.some((code) => SHAPES.includes(code))) continue;
  let document;
  try {
    document = read(readFileSync(file, "utf8"));
  } catch {
    continue; // not YAML at all
  }
  said(!validate(document), `${file.slice(repository.length + 1)} is refused`, codes.join(" "));
}

// The language server, spoken to as an editor does.
const require = createRequire(import.meta.url);
const server = join(require.resolve("yaml-language-server/package.json"), "../bin/yaml-language-server");
const child = spawn("node", [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const waiting = new Map();
const marks = new Map();
let buffer = Buffer.alloc(0);
let next = 0;
const send = (message) => {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
  child.stdin.write(body);
};
const settings = { yaml: { schemas: { [pathToFileURL(schemaFile).href]: "*.yaml" }, completion: true, hover: true, validate: true, schemaStore: { enable: false } } };
child.stdout.on("data", (chunk) => {
  buffer = Buffer.concat([buffer, chunk]);
  for (;;) {
    const head = buffer.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, head).toString())[1]);
    if (buffer.length < head + 4 + length) return;
    const message = JSON.parse(buffer.subarray(head + 4, head + 4 + length).toString());
    buffer = buffer.subarray(head + 4 + length);
    if (message.method === "workspace/configuration") {
      send({ id: message.id, result: message.params.items.map(({ section }) => (section === "yaml" ? settings.yaml : {})) });
    } else if (message.method && message.id !== undefined) {
      send({ id: message.id, result: null });
    } else if (message.method === "textDocument/publishDiagnostics") {
      marks.set(message.params.uri, message.params.diagnostics);
    } else if (waiting.has(message.id)) {
      waiting.get(message.id)(message.result ?? message.error);
      waiting.delete(message.id);
    }
  }
});
const ask = (method, params) => new Promise((done) => {
  next += 1;
  waiting.set(next, done);
  send({ id: next, method, params });
});
const open = (name, text) => {
  const uri = pathToFileURL(join(repository, "input", name)).href;
  send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
  return uri;
};
const until = async (found) => {
  for (let tries = 0; tries < 100; tries += 1) {
    const value = found();
    if (value) return value;
    await new Promise((done) => setTimeout(done, 100));
  }
  return undefined;
};
const timer = setTimeout(() => {
  console.log("FAIL schema: the language server does not answer");
  process.exit(1);
}, 60_000);

await ask("initialize", { processId: process.pid, rootUri: null, capabilities: { workspace: { configuration: true }, textDocument: { completion: { completionItem: { snippetSupport: true } }, hover: { contentFormat: ["markdown"] }, publishDiagnostics: {} } } });
send({ method: "initialized", params: {} });
send({ method: "workspace/didChangeConfiguration", params: { settings } });

const head = "dossier: 1\njob:\n  company: A\n  role: B\n";
const labels = async (name, text, line, character) => {
  const uri = open(name, text);
  // The first answer may come before the schema is read.
  for (let tries = 0; ; tries += 1) {
    const result = await ask("textDocument/completion", { textDocument: { uri }, position: { line, character } });
    const items = (result?.items ?? result ?? []).map((item) => item.label);
    if (items.length > 0 || tries > 20) return items;
    await new Promise((done) => setTimeout(done, 100));
  }
};
const top = await labels("top.yaml", `${head}\n`, 4, 0);
said(["questions", "interview", "study"].every((key) => top.includes(key)), "an editor completes the keys of the file", String(top));
const inside = await labels("inside.yaml", `${head}interview:\n  da\n`, 5, 4);
said(["date", "duration"].every((key) => inside.includes(key)), "an editor completes the keys of the interview", String(inside));
const values = await labels("values.yaml", `${head}study:\n  topics:\n    Go:\n      priority: \n`, 7, 16);
said(["low", "normal", "high"].every((word) => values.includes(word)), "an editor completes the words of a priority", String(values));

const hover = await ask("textDocument/hover", { textDocument: { uri: open("hover.yaml", `${head}interview:\n  date: 2026-12-15\n  time_zone: Europe/Oslo\n`) }, position: { line: 6, character: 5 } });
const shown = JSON.stringify(hover ?? "");
said(shown.includes("IANA") && shown.includes("Europe/Amsterdam"), "an editor explains a key, with an example", shown);

const wrong = open("wrong.yaml", `${head}questons:\n  Go: [How?]\nstudy:\n  session: 45\n`);
const found = await until(() => (marks.get(wrong)?.length >= 2 ? marks.get(wrong) : undefined));
const lines = (found ?? []).map((mark) => mark.range.start.line);
said(lines.includes(4) && lines.includes(7), "an editor marks an unknown key and a length of time without its unit", JSON.stringify(marks.get(wrong)));
const right = open("right.yaml", readFileSync(join(repository, "input/fintech-innovators.yaml"), "utf8"));
await until(() => marks.has(right));
said(marks.get(right)?.length === 0, "an editor marks nothing in the worked example", JSON.stringify(marks.get(right)?.slice(0, 3)));

clearTimeout(timer);
child.kill();
