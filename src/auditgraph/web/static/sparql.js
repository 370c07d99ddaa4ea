// The SPARQL page: an editor with completion, the answer as a table, links that stay. Nothing leaves for another host.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const form = $("ask"), area = $("query"), answer = $("answer"), said = $("said"), trouble = $("trouble");
  const STEP = 200; // rows shown at once
  const LONGEST = 6000; // characters of an address that every server and mail program takes
  let prefixes = {}, terms = [], running = null;

  // --- the editor ------------------------------------------------------------------------------------------

  const KEYWORDS = ("SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED PREFIX BASE GRAPH OPTIONAL UNION MINUS FILTER " +
    "BIND VALUES AS EXISTS NOT IN UNDEF GROUP HAVING ORDER BY ASC DESC LIMIT OFFSET").split(" ");
  const FUNCTIONS = ("COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IRI URI CONTAINS STRSTARTS STRENDS " +
    "STRLEN SUBSTR UCASE LCASE CONCAT REPLACE REGEX STRBEFORE STRAFTER ENCODE_FOR_URI ABS ROUND CEIL FLOOR YEAR MONTH DAY NOW IF " +
    "COALESCE ISIRI ISLITERAL ISNUMERIC SAMETERM STRDT STRLANG").split(" ");

  function plain(text) { // without comments, strings and IRIs
    return text.replace(/#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>/g,
      (found) => found.startsWith("<") ? "<>" : found.startsWith("#") ? "" : '""');
  }
  function declared(text) {
    return new Set(Array.from(text.matchAll(/^\s*PREFIX\s+([\w.-]*):/gim), (match) => match[1]));
  }
  function missing(text) {
    const have = declared(text), wanted = new Set();
    for (const match of plain(text).matchAll(/(?:^|[^\w:?$-])([A-Za-z][\w-]*):(?=[\w\\]|\s|$)/g)) wanted.add(match[1]);
    return [...wanted].filter((name) => name in prefixes && !have.has(name)).sort();
  }
  const lines = (names) => names.map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join("");
  const filled = (text) => lines(missing(text)) + text;

  function complete(context) {
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) {
      const names = new Set(Array.from(plain(context.state.doc.toString()).matchAll(/[?$](\w+)/g), (match) => match[1]));
      const typed = variable.text.slice(1);
      if (typed && Array.from(context.state.doc.toString().matchAll(/[?$](\w+)/g)).filter((m) => m[1] === typed).length < 2) names.delete(typed);
      return { from: variable.from + 1, options: [...names].map((label) => ({ label, type: "variable" })), validFor: /^\w*$/ };
    }
    const name = context.matchBefore(/[A-Za-z][\w-]*:?(?:[\w-]|\\\/)*/);
    if (!name && !context.explicit) return null;
    const options = terms.map((term) => ({
      label: term.name, type: term.kind === "code" ? "constant" : term.kind, detail: term.kind, info: term.info || undefined, boost: 1,
      apply(view, completion, from, to) {
        const prefix = term.name.split(":")[0], text = view.state.doc.toString();
        const changes = [{ from, to, insert: term.name }];
        const head = prefix in prefixes && !declared(text).has(prefix) ? lines([prefix]) : "";
        if (head) changes.push({ from: 0, insert: head });
        view.dispatch({ changes, selection: { anchor: from + head.length + term.name.length }, userEvent: "input.complete" });
      },
    }));
    if (!name || !name.text.includes(":")) {
      options.push(...KEYWORDS.map((label) => ({ label, type: "keyword" })), ...FUNCTIONS.map((label) => ({ label, type: "function" })));
    }
    return { from: name ? name.from : context.pos, options, validFor: /^[\w:\\\/-]*$/ };
  }

  // Chromium joins the lines of what is typed over with inline styles, which the policy refuses aloud: do it ourselves.
  function typedOver(event, view) {
    const { main } = view.state.selection;
    if (event.inputType !== "insertText" || !event.data || event.isComposing || main.empty) return false;
    event.preventDefault();
    const typed = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    const taken = view.state.facet(CM.EditorView.inputHandler).some((handle) => handle(view, main.from, main.to, event.data, typed));
    if (!taken) view.dispatch(typed());
    return true;
  }

  const { EditorState, EditorView, tags } = CM;
  const colours = CM.HighlightStyle.define([
    { tag: tags.keyword, color: "var(--code-word)", fontWeight: "600" }, { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
    { tag: tags.string, color: "var(--closed)" }, { tag: tags.number, color: "var(--closed)" }, { tag: tags.variableName, color: "var(--open)" },
    { tag: tags.atom, color: "var(--link)" }, { tag: tags.standard(tags.variableName), color: "var(--code-word)" }, { tag: tags.meta, color: "var(--link)" },
    { tag: tags.propertyName, color: "var(--link)" }, { tag: tags.bracket, color: "var(--soft)" }, { tag: tags.operator, color: "var(--soft)" },
  ]);
  const look = EditorView.theme({
    "&": { height: "100%", fontSize: "14px", backgroundColor: "transparent", color: "var(--ink)" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5" },
    ".cm-content": { padding: "12px 0", caretColor: "var(--ink)" },
    ".cm-gutters": { backgroundColor: "transparent", color: "var(--faint)", border: "0", paddingLeft: "6px" },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--wash)" },
    ".cm-tooltip": { backgroundColor: "var(--raised)", border: "1px solid var(--line)", borderRadius: "9px", boxShadow: "var(--shadow)" },
    ".cm-tooltip-autocomplete ul li": { padding: "3px 10px !important", lineHeight: "1.45" },
    ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent) !important", color: "#fff !important" },
    ".cm-completionInfo": { padding: "8px 12px", fontFamily: "var(--sans)", fontSize: "13px", maxWidth: "340px" },
    ".cm-completionDetail": { color: "inherit", opacity: ".75", fontStyle: "normal" },
  });
  const view = new EditorView({
    // In a shadow root the styles are constructed sheets, which the content-security policy lets pass; elements it would not.
    parent: $("editor").attachShadow({ mode: "open" }),
    root: $("editor").shadowRoot,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        CM.lineNumbers(), CM.history(), CM.drawSelection(), CM.highlightActiveLine(), CM.bracketMatching(), CM.closeBrackets(), CM.lintGutter(),
        CM.indentUnit.of("  "), CM.StreamLanguage.define(CM.sparql), CM.syntaxHighlighting(colours), look, EditorView.lineWrapping,
        CM.autocompletion({ override: [complete], icons: false }),
        EditorView.domEventHandlers({ beforeinput: typedOver }),
        CM.Prec.highest(CM.keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
        CM.keymap.of([...CM.closeBracketsKeymap, ...CM.completionKeymap, ...CM.defaultKeymap, ...CM.historyKeymap]),
        EditorView.contentAttributes.of({ "aria-label": "SPARQL query", tabindex: "0" }),
      ],
    }),
  });
  const query = () => view.state.doc.toString();
  function put(text) {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, scrollIntoView: true });
    mark([]);
  }
  const mark = (found) => view.dispatch(CM.setDiagnostics(view.state, found));

  // --- asking ----------------------------------------------------------------------------------------------

  const address = (text, format) => `/sparql?${new URLSearchParams(format ? { query: text, format } : { query: text })}`;

  function remember(text) {
    const link = address(text);
    history.replaceState(null, "", link.length < LONGEST ? link : `/sparql#${new URLSearchParams({ query: text })}`);
  }

  async function run() {
    if (running) { running.abort(); return; }
    const text = query(), started = performance.now(), stop = new AbortController();
    running = stop;
    $("run").textContent = "Stop";
    said.textContent = "Asking …";
    trouble.hidden = true;
    $("downloads").hidden = true;
    mark([]);
    remember(text);
    try {
      const response = await fetch("/sparql", {
        method: "POST", signal: stop.signal, headers: {
          "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, application/n-triples;q=0.9" }, body: text });
      if (!response.ok) return fail(await response.text());
      const rows = response.headers.get("content-type").startsWith("application/sparql-results+json");
      const body = rows ? await response.json() : await response.text();
      const took = `${((performance.now() - started) / 1000).toFixed(2)} s`;
      if (!rows) showRows(["subject", "predicate", "object"], triples(body), took, "triple");
      else if ("boolean" in body) showTruth(body.boolean, took);
      else showRows(body.head.vars, body.results.bindings, took);
      offer(text, rows);
    } catch (error) {
      answer.replaceChildren();
      said.textContent = "";
      if (error.name === "AbortError") said.textContent = "Stopped.";
      else fail("The answer did not arrive whole. Is the server still running?");
    } finally {
      running = null;
      $("run").textContent = "Run";
    }
  }

  function fail(message) {
    answer.replaceChildren();
    said.textContent = "";
    const [first, ...rest] = message.replace(/\n+$/, "").split("\n");
    const parts = [make("p", {}, first.charAt(0).toUpperCase() + first.slice(1))];
    if (rest.length) parts.push(make("pre", {}, rest.join("\n")));
    trouble.replaceChildren(...parts);
    trouble.hidden = false;
    const place = /line (\d+), column (\d+)/.exec(first);
    if (!place) return;
    const line = view.state.doc.line(Math.min(+place[1], view.state.doc.lines));
    const from = Math.min(line.from + Math.max(+place[2] - 1, 0), line.to);
    mark([{ from, to: Math.max(Math.min(from + 1, line.to), from), severity: "error", message: first }]);
    view.dispatch({ effects: EditorView.scrollIntoView(from, { y: "center" }) });
  }

  function offer(text, rows) {
    const kinds = rows ? [["csv", "CSV"], ["tsv", "TSV"], ["json", "JSON"]] : [["turtle", "Turtle"], ["ntriples", "N-Triples"], ["jsonld", "JSON-LD"]];
    $("downloads").replaceChildren(...kinds.map(([format, label]) => {
      const extension = { turtle: "ttl", ntriples: "nt", jsonld: "jsonld" }[format] || format;
      const link = make("a", { class: "button", href: address(text, format), download: `answer.${extension}` }, label);
      if (link.getAttribute("href").length > LONGEST) link.addEventListener("click", (event) => { event.preventDefault(); save(text, format, extension); });
      return link;
    }));
    $("downloads").hidden = false;
  }

  async function save(text, format, extension) {
    const response = await fetch("/sparql", { method: "POST", body: new URLSearchParams({ query: text, format }) });
    if (!response.ok) return fail(await response.text());
    const link = make("a", { href: URL.createObjectURL(await response.blob()), download: `answer.${extension}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  // --- the answer ------------------------------------------------------------------------------------------

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }
  const count = (number, one) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;

  const bases = [form.dataset.base, form.dataset.defaultBase];
  function linked(iri) {
    const base = bases.find((each) => iri.startsWith(each));
    if (base) {
      const path = iri.slice(base.length);
      return make("a", { href: "/" + path.replace(/^\/+/, ""), title: iri }, short(iri) || decode(path) || iri);
    }
    if (/^https?:\/\//.test(iri)) return make("a", { href: iri, rel: "noreferrer", title: iri }, short(iri) || iri);
    return document.createTextNode(iri);
  }
  function decode(path) { try { return decodeURI(path); } catch { return path; } }
  function short(iri) {
    for (const [prefix, namespace] of Object.entries(prefixes)) {
      if (iri.startsWith(namespace) && /^[\w./-]+$/.test(iri.slice(namespace.length))) return `${prefix}:${iri.slice(namespace.length)}`;
    }
    return "";
  }
  const NUMBERS = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;
  function cell(term) {
    if (!term) return make("td", { class: "none" });
    if (term.type === "uri") return make("td", {}, linked(term.value));
    if (term.type === "bnode") return make("td", {}, `_:${term.value}`);
    if (term.type !== "literal") return make("td", {}, JSON.stringify(term.value));
    if (NUMBERS.test(term.datatype || "")) return make("td", { class: "number" }, term.value);
    const cell = make("td", term.value.length < 13 ? { class: "short" } : {}, term.value);
    if (term["xml:lang"]) cell.append(make("span", { class: "type" }, `@${term["xml:lang"]}`));
    return cell;
  }

  function showRows(names, rows, took, one = "row") {
    const body = make("tbody", {}), more = make("p", { class: "more" });
    let shown = 0;
    function grow() {
      const next = rows.slice(shown, shown + STEP);
      body.append(...next.map((row) => make("tr", {}, ...names.map((name) => cell(row[name])))));
      shown += next.length;
      said.textContent = (shown < rows.length ? `${shown.toLocaleString("en")} of ${count(rows.length, one)} shown` : count(rows.length, one)) + `, ${took}`;
      more.hidden = shown >= rows.length;
    }
    const button = make("button", { type: "button", class: "button" }, `Show ${STEP} more`);
    button.addEventListener("click", grow);
    more.append(button);
    grow();
    const head = make("thead", {}, make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name))));
    const table = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Rows of the answer" }, make("table", {}, head, body));
    answer.replaceChildren(...(rows.length ? [table, more] : []));
  }
  function showTruth(value, took) {
    said.textContent = took;
    answer.replaceChildren(make("p", { class: "truth" }, value ? "Yes" : "No"));
  }

  // N-Triples as the rows of a table. The server writes them, so that a line is a triple and a space parts its terms.
  function triples(text) {
    return text.split("\n").filter(Boolean).map((line) => {
      const [, subject, predicate, object] = /^(\S+) (\S+) (.+) \.$/.exec(line);
      return { subject: term(subject), predicate: term(predicate), object: term(object) };
    });
  }
  function term(text) {
    if (text.startsWith("<")) return { type: "uri", value: unescaped(text.slice(1, -1)) };
    if (text.startsWith("_:")) return { type: "bnode", value: text.slice(2) };
    const [, value, language, datatype] = /^"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<(.*)>)?$/s.exec(text);
    return { type: "literal", value: unescaped(value), "xml:lang": language, datatype };
  }
  const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };
  function unescaped(text) {
    return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
      one ? ESCAPES[one] || one : String.fromCodePoint(parseInt(four || eight, 16)));
  }

  // --- the page --------------------------------------------------------------------------------------------

  form.classList.add("live");
  $("share").hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  $("examples").addEventListener("change", (event) => {
    const chosen = event.target.value && $(event.target.value);
    if (chosen) put(filled(chosen.content.textContent));
  });
  $("share").addEventListener("click", async () => {
    remember(query());
    try { await navigator.clipboard.writeText(location.href); said.textContent = "The link is in the clipboard."; }
    catch { said.textContent = "The link is in the address bar."; }
  });

  (async () => {
    const hash = new URLSearchParams(location.hash.slice(1)).get("query");
    if (hash) put(hash);
    try {
      const response = await fetch(form.dataset.terms);
      ({ prefixes, terms } = await response.json());
    } catch { /* without completion */ }
    if (!hash && !("asked" in form.dataset)) put(filled(query()));
    $("examples").disabled = false;
    document.documentElement.dataset.ready = "";
    if (hash || "asked" in form.dataset) run();
  })();
})();
