// The map of countries: outlines and figures that this server gives, no tiles, no other server. The
// table below the map has every figure; this only colours the same.
const box = document.querySelector('.map');

function colours() {
  const style = getComputedStyle(document.documentElement);
  const named = (name) => style.getPropertyValue(name).trim();
  return { line: named('--line-strong'), none: named('--card'), some: named('--bar') };
}

// Even the smallest figure is seen; the largest is the full colour.
const strength = (n, most) => 0.2 + 0.75 * (n / most);

// An outline that crosses the line of 180 degrees goes on beyond it instead of across the whole map.
function unwrap({ type, coordinates }) {
  for (const rings of type === 'Polygon' ? [coordinates] : coordinates)
    for (const ring of rings)
      for (let i = 1; i < ring.length; i++)
        while (Math.abs(ring[i][0] - ring[i - 1][0]) > 180)
          ring[i] = [ring[i][0] + (ring[i][0] < ring[i - 1][0] ? 360 : -360), ring[i][1]];
}

async function draw() {
  const [figures, topology] = await Promise.all([box.dataset.map, box.dataset.world]
    .map((href) => fetch(href).then((answer) => { if (!answer.ok) throw new Error(answer.status); return answer.json(); })));
  const countries = figures.rows.filter((row) => row.key && row.key !== '?');
  const rows = new Map(countries.map((row) => [row.key, row]));
  const most = Math.max(1, ...countries.map((row) => row.acts));
  const shapes = topojson.feature(topology, topology.objects.countries);
  shapes.features = shapes.features.filter((shape) => shape.id !== 'aq');
  shapes.features.forEach((shape) => unwrap(shape.geometry));
  const colour = colours();
  box.classList.add('is-drawn');
  const map = L.map(box, { attributionControl: false, zoomSnap: 0.25, minZoom: 0, maxZoom: 7,
    preferCanvas: true, maxBounds: [[-70, -230], [85, 230]],
    zoomAnimation: !matchMedia('(prefers-reduced-motion: reduce)').matches });
  const layer = L.geoJSON(shapes, {
    style: (shape) => {
      const row = rows.get(shape.id);
      return { weight: 0.7, color: colour.line, fillColor: row ? colour.some : colour.none,
        fillOpacity: row ? strength(row.acts, most) : 0.6 };
    },
    onEachFeature: (shape, part) => {
      const row = rows.get(shape.id);
      if (!row) return;
      const text = document.createElement('span');
      text.textContent = `${row.label}: ${row.acts} · ${box.dataset.unit}`;
      part.bindTooltip(text, { sticky: true });
    },
  }).addTo(map);
  const shown = layer.getLayers().filter((part) => rows.has(part.feature.id));
  map.fitBounds(shown.length ? L.featureGroup(shown).getBounds().pad(0.1) : [[-40, -120], [60, 150]], { maxZoom: 4 });
}

draw().catch(() => { box.classList.remove('is-drawn'); document.querySelector('.map-note')?.remove(); });
