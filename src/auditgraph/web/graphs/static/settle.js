// Find places for new things about those they were grown from; what was there stays where it is.
const ROUNDS = 140;

export function settle(graph, things, before, from, links) {
  const fresh = [...things.values()].filter((thing) => !before.has(thing.iri));
  if (!fresh.length) return;
  const placed = [...things.values()].filter((thing) => before.has(thing.iri)).map((thing) => graph.getNodeAttributes(thing.iri));
  const roots = from.filter((iri) => before.has(iri)).map((iri) => graph.getNodeAttributes(iri));
  const middle = roots.length ? { x: mean(roots, "x"), y: mean(roots, "y") } : { x: 0, y: 0 };
  const gap = spacing(placed);
  const spots = new Map();
  fresh.forEach((thing, i) => {  // a sunflower: even, and the same every time
    const angle = i * 2.399963, reach = gap * (1.2 + 0.62 * Math.sqrt(i));
    spots.set(thing.iri, { x: middle.x + Math.cos(angle) * reach, y: middle.y + Math.sin(angle) * reach });
  });
  const near = placed.filter((spot) => Math.hypot(spot.x - middle.x, spot.y - middle.y) < gap * (4 + 2 * Math.sqrt(fresh.length))).slice(0, 1500);
  const pulls = links.filter((link) => spots.has(link.from) || spots.has(link.to)).slice(-4000);
  for (let round = 0; round < ROUNDS; round++) {
    const heat = 1 - round / ROUNDS, all = [...spots.values()];
    for (const a of all) { a.dx = 0; a.dy = 0; }
    for (const [i, a] of all.entries()) {
      for (let j = i + 1; j < all.length; j++) push(a, all[j], gap, true);
      for (const b of near) push(a, b, gap, false);
    }
    for (const link of pulls) {
      const a = spots.get(link.from) || graph.getNodeAttributes(link.from), b = spots.get(link.to) || graph.getNodeAttributes(link.to);
      const dx = b.x - a.x, dy = b.y - a.y, long = Math.hypot(dx, dy) || 1, pull = (long - gap * 1.8) / long * 0.06 * (link.quiet ? 0.2 : 1);
      if (long < gap * 1.8) continue;
      if (spots.has(link.from)) { a.dx += dx * pull; a.dy += dy * pull; }
      if (spots.has(link.to)) { b.dx -= dx * pull; b.dy -= dy * pull; }
    }
    for (const a of all) {
      const long = Math.hypot(a.dx, a.dy) || 1, step = Math.min(long, gap * 0.6 * (0.15 + heat));
      a.x += a.dx / long * step;
      a.y += a.dy / long * step;
    }
  }
  for (const thing of fresh) {
    const { x, y } = spots.get(thing.iri);
    Object.assign(thing, { x, y });
    graph.mergeNodeAttributes(thing.iri, { x, y });
  }
}
function push(a, b, gap, both) {
  let dx = a.x - b.x, dy = a.y - b.y;
  const square = dx * dx + dy * dy, reach = gap * 1.7;
  if (square > reach * reach) return;
  const long = Math.sqrt(square) || 1e-3;
  if (square === 0) { dx = 1e-3; dy = 0; }
  const much = (reach - long) / long * 0.5 * (both ? 0.5 : 1);
  a.dx += dx * much; a.dy += dy * much;
  if (both) { b.dx -= dx * much; b.dy -= dy * much; }
}
const mean = (spots, axis) => spots.reduce((sum, spot) => sum + spot[axis], 0) / spots.length;
// How far things stand apart in this picture: the middle of the distances to the nearest.
function spacing(spots) {
  if (spots.length < 2) return 1;
  const some = spots.slice(0, 60).map((a) => Math.min(...spots.slice(0, 2500).filter((b) => b !== a).map((b) => Math.hypot(a.x - b.x, a.y - b.y))));
  return some.sort((a, b) => a - b)[some.length >> 1] || 1;
}
