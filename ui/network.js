// A network of more than a few hundred: places come from the server, this draws them. The table below
// has every tie.
const box = document.querySelector('.canvas');

function colours() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(name).trim();
}

async function draw() {
  const answer = await fetch(box.dataset.network);
  if (!answer.ok) throw new Error(answer.status);
  const { nodes, ties } = await answer.json();
  const colour = colours();
  const graph = new graphology.MultiDirectedGraph();
  for (const n of nodes)
    graph.addNode(n.key, { label: n.caption, x: n.x, y: -n.y, size: n.hops ? 3 + Math.min(9, Math.sqrt(n.ties)) : 13,
      color: n.hops ? colour('--bar') : colour('--at') });
  for (const t of ties)
    graph.addEdge(t.from, t.to, { label: t.label, size: 1, type: 'arrow',
      color: t.against && !t.for ? colour('--no') : colour('--line-strong') });
  const picture = new Sigma(graph, box, { labelColor: { color: colour('--ink') }, labelDensity: 0.4,
    labelFont: 'system-ui, sans-serif', zIndex: true, minCameraRatio: 0.05, maxCameraRatio: 2 });
  picture.on('clickNode', ({ node }) => { location.href = `/entity/${encodeURIComponent(node)}`; });
}

draw().catch(() => { box.hidden = true; });
