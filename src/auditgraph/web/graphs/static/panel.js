// What stands beside the graph: a thing with what is said of it, a link with its words, ways, the list of everything.
import { $, el, glyph, KINDS, many, number } from "./page.js";
import { choose, chooseLink, clear, forgetPaths, grow, linksOf, relations, startPath, state, things, links, kindShown } from "./graph.js";

export const says = (link, backwards) => {
  const relation = relations.get(link.relation);
  if (link.says && link.relation === "involved") return link.says;
  if (backwards) return link.says ? `${relation.inverse} (${link.says})` : relation.inverse;
  return link.says || relation.label;
};
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const name = (thing) => thing.title || thing.label;
function top(...children) {
  return el("div", { class: "top" }, ...children, el("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => clear(true) }, "×"));
}
function toButton(thing) {
  return el("button", { type: "button", class: "to", "data-thing": thing.iri, onclick: () => choose(thing.iri, { focus: true }) }, glyph(thing.kind, thing.marks), el("span", { dir: "auto" }, name(thing)));
}
function quoteNode({ report, place, text }) {
  return el("figure", {}, el("blockquote", { dir: "auto" }, text), el("figcaption", {}, [report && `Report ${report}`, place].filter(Boolean).join(", ")));
}
function words(quotes, open) {
  if (!quotes.length) return null;
  const where = [...new Set(quotes.map((quote) => quote.place))];
  return el("details", { class: "words", open }, el("summary", {}, `In the report’s words${where.length === 1 && where[0] ? `: ${where[0]}` : ` (${quotes.length})`}`), ...quotes.map(quoteNode));
}
const waiting = () => el("p", { class: "faint" }, "Reading what the reports say …");

export function thingPanel(thing, details) {
  const kind = KINDS[thing.kind];
  const body = [top(glyph(thing.kind, thing.marks), el("span", {}, kind.label)), el("h2", { dir: "auto" }, details?.title || name(thing))];
  if (thing.marks.length) body.push(el("p", { class: "badges" }, ...["critical", "important", "high", "medium", "open", "closed"].filter((mark) => thing.marks.includes(mark)).map((mark) => el("span", { class: `badge ${mark}` }, mark))));
  body.push(growing(thing, details));
  body.push(el("p", { class: "acts" },
    el("a", { class: "button", href: `/graph?around=${encodeURIComponent(thing.iri)}` }, "Draw around it"),
    el("button", { type: "button", class: "button", id: "path", onclick: () => startPath(thing.iri) }, "Find a way to …"),
    details?.page ? el("a", { class: "button", href: details.page }, "Open its page") : null));
  if (!details) return [...body, waiting()];
  const same = details.facts.find((fact) => fact.value === details.title && fact.quotes.length);
  if (same) body.push(words(same.quotes, same.quotes.length === 1));
  const rest = details.facts.filter((fact) => fact !== same && !(fact.label === "Name" && details.title.startsWith(fact.value) && !fact.quotes.length));
  if (rest.length) body.push(el("dl", {}, ...rest.map((fact, i) => el("div", {}, el("dt", {}, fact.label, fact.derived ? el("span", { class: "derived" }, "computed") : null),
    el("dd", { dir: "auto", class: fact.value.length > 90 ? "long" : "" }, fact.value), fact.quotes.length ? el("dd", {}, words(fact.quotes, i === 0 && !same && fact.quotes.length === 1)) : null))));
  if (details.reports > details.read) body.push(el("p", { class: "faint" }, `From the latest ${number(details.read)} of ${many(details.reports, "report")} that speak of it.`));
  body.push(...linkList(thing));
  if (details.url) body.push(el("p", {}, el("a", { href: details.url, rel: "noopener noreferrer", target: "_blank" }, "Read it at the source")));
  body.push(el("p", { class: "iri" }, thing.iri));
  return body;
}
// The number of neighbours comes first; they are fetched when somebody wants them.
function growing(thing, details) {
  const here = new Map();
  for (const link of linksOf(thing.iri)) { const other = things.get(link.from === thing.iri ? link.to : link.from); if (!here.has(other.kind)) here.set(other.kind, new Set()); here.get(other.kind).add(other.iri); }
  const shown = [...here.values()].reduce((sum, some) => sum + some.size, 0);
  if (!details) return el("p", { class: "near" }, `${many(shown, "neighbour")} shown`);
  const total = Math.max(details.near, shown), left = total - shown;
  const box = el("div", { class: "near" }, el("p", { id: "near" }, left ? `${number(shown)} of ${many(total, "neighbour")} shown` : total ? `All ${many(total, "neighbour")} shown` : "No neighbours",
    details.reports > details.searched ? `, in the latest ${number(details.searched)} of ${many(details.reports, "report")}` : ""));
  if (left > 0) {
    const chips = Object.entries(details.counts).map(([kind, n]) => [kind, n - (here.get(kind)?.size || 0)]).filter(([, n]) => n > 0);
    box.append(el("p", { class: "chips" }, el("button", { type: "button", class: "button main", id: "grow", onclick: () => grow(thing.iri) }, left > 200 ? `Show 200 of ${number(left)} more` : `Show ${number(left)} more`),
      ...(chips.length > 1 ? chips.map(([kind, n]) => el("button", { type: "button", class: "button", "data-grow": kind, onclick: () => grow(thing.iri, kind) }, glyph(kind), `${number(n)} ${(n === 1 ? KINDS[kind].label : KINDS[kind].plural).toLowerCase()}`)) : [])));
  }
  return box;
}
function linkList(thing) {
  const groups = new Map();
  for (const link of linksOf(thing.iri)) {
    const back = link.to === thing.iri, said = capital(says(link, back));
    if (!groups.has(said)) groups.set(said, []);
    groups.get(said).push([link, things.get(back ? link.from : link.to)]);
  }
  if (!groups.size) return [];
  const count = linksOf(thing.iri).length, body = [el("h3", {}, `${many(count, "link")} shown`)];
  const list = el("ul", { class: "links" });
  let left = 300;
  for (const [said, pairs] of groups) {
    if (left <= 0) break;
    list.append(el("li", {}, el("h4", {}, said)));
    for (const [link, other] of pairs.slice(0, left)) list.append(el("li", {}, toButton(other), el("button", { type: "button", class: "why", "aria-label": `The words behind: ${said} ${name(other)}`, onclick: () => chooseLink(link) }, "why")));
    left -= pairs.length;
  }
  body.push(list);
  if (left < 0) body.push(el("p", { class: "faint" }, `300 of ${number(count)} listed`));
  return body;
}
export function linkPanel(link, details) {
  const body = [top(el("span", {}, "Link")), el("ul", { class: "links" }, el("li", {}, toButton(things.get(link.from)))), el("h2", {}, says(link, false)),
    el("ul", { class: "links" }, el("li", {}, toButton(things.get(link.to))))];
  if (!details) return [...body, waiting()];
  body.push(el("h3", {}, "In the reports’ words"));
  body.push(...(details.quotes.length ? details.quotes.map(quoteNode) : [el("p", {}, "This link follows from the layout of the report; no single sentence says it.")]));
  if (details.reports > details.read && details.read) body.push(el("p", { class: "faint" }, `From the latest ${number(details.read)} of ${many(details.reports, "report")} that speak of both.`));
  return body;
}
export function pathPanel(paths, from, to, data) {
  const body = [top(el("span", {}, "Ways")), el("h2", { dir: "auto" }, `${name(things.get(from))} – ${name(things.get(to))}`)];
  if (!paths.length) body.push(el("p", {}, data.whole === false ? `No way was found in the ${number(data.read)} reports nearest to both.` : "Nothing in the reports joins them."));
  paths.forEach((path, i) => {
    body.push(el("h3", {}, `${paths.length > 1 ? `Way ${i + 1} of ${paths.length}: ` : ""}${many(path.length - 1, "link")}`));
    const list = el("ul", { class: "links way" });
    path.forEach((iri, at) => {
      if (at) {
        const link = links.find((l) => (l.from === path[at - 1] && l.to === iri) || (l.to === path[at - 1] && l.from === iri));
        if (link) list.append(el("li", { class: "step" }, el("button", { type: "button", class: "why", onclick: () => chooseLink(link) }, says(link, link.to !== iri))));
      }
      list.append(el("li", {}, toButton(things.get(iri))));
    });
    body.push(list);
  });
  body.push(el("p", { class: "acts" }, el("a", { class: "button", href: `/graph?${new URLSearchParams({ from, to })}` }, "Draw only these"), el("button", { type: "button", class: "button", onclick: forgetPaths }, "Forget the ways")));
  return body;
}
export function listPanel() {
  const body = [top(el("span", {}, "List")), el("h2", {}, "Everything in this picture")], most = 400;
  for (const kind of Object.keys(KINDS)) {
    const some = [...things.values()].filter((thing) => thing.kind === kind && kindShown(thing)).sort((a, b) => name(a).localeCompare(name(b), "en", { numeric: true }));
    if (!some.length) continue;
    body.push(el("h3", {}, many(some.length, KINDS[kind].label.toLowerCase(), KINDS[kind].plural.toLowerCase())));
    if (some.length > most) body.push(el("p", { class: "faint" }, `${most} of ${number(some.length)} listed; find the others by their names.`));
    body.push(el("ul", { class: "links" }, ...some.slice(0, most).map((thing) => el("li", {}, toButton(thing)))));
  }
  return body;
}
