/* The map that moves: Leaflet zooms and pans the drawing that the server made; the list beside it shows what is in view. */

let shown = null;

const boundsOf = (mark, part, height) => {
  const box = (document.querySelector(`[data-of="${part.id}"]`) || mark.querySelector("circle")).getBBox();
  return L.latLngBounds([height - box.y - box.height, box.x], [height - box.y, box.x + box.width]);
};

const follow = (map, marks, height) => {
  const view = map.getBounds();
  for (const mark of marks) {
    const part = document.getElementById(mark.getAttribute("href").split("#")[1]);
    if (part) part.classList.toggle("out-of-view", !view.intersects(boundsOf(mark, part, height)));
  }
};

/* Rings and points keep their size on the screen, so that a closer look draws apart what lies close together; names stay beside them. */
const rings = (svg) => {
  const found = [...svg.querySelectorAll("circle:not(.area):not(.launch-area)")].map((circle) => {
    const label = circle.matches(".mark .size, .launch-point") && circle.parentNode.querySelector(".label");
    return { circle, r: Number(circle.getAttribute("r")), label, dy: label && Number(label.getAttribute("dy")) };
  });
  return (scale, unit) => {
    for (const { circle, r, label, dy } of found) {
      circle.setAttribute("r", r * scale);
      if (label) label.setAttribute("dy", Math.sign(dy) * (r * scale + (Math.abs(dy) - r) * unit));
    }
  };
};

const start = () => {
  const drawing = document.querySelector("[data-live-map]");
  if (!drawing || !window.L || drawing.classList.contains("leaflet-container")) return;
  const svg = drawing.querySelector("svg");
  const { width, height } = svg.viewBox.baseVal;
  const bounds = L.latLngBounds([0, 0], [height, width]);
  const marks = [...svg.querySelectorAll("a")];
  drawing.classList.add("moves");
  drawing.tabIndex = 0;
  drawing.setAttribute("aria-label", drawing.dataset.name);
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(drawing, {
    crs: L.CRS.Simple, attributionControl: false, zoomControl: false, zoomSnap: 0.05, zoomDelta: 0.75, minZoom: -3, maxZoom: 4,
    maxBounds: bounds, maxBoundsViscosity: 1, zoomAnimation: !isStill, fadeAnimation: !isStill, inertia: !isStill, scrollWheelZoom: false,
  });
  L.control.zoom({ zoomInTitle: drawing.dataset.zoomIn, zoomOutTitle: drawing.dataset.zoomOut }).addTo(map);
  L.svgOverlay(svg, bounds, { interactive: false }).addTo(map);
  const fit = () => {
    map.fitBounds(bounds, { animate: false });
    map.setMinZoom(map.getZoom());
  };
  const resize = rings(svg);
  const unit = () => {
    const one = 2 ** -map.getZoom();
    const scale = 2 ** (map.getMinZoom() - map.getZoom());
    svg.style.setProperty("--unit", String(one));
    resize(scale, one);
    svg.classList.toggle("near", scale < 0.4);
  };
  map.on("zoomend", unit);
  map.on("moveend", () => follow(map, marks, height));
  fit();
  unit();
  /* The wheel zooms only a map that is in use, so that it never stops a page from scrolling. */
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  shown = { map, drawing, svg, resize };
};

/* On paper the drawing stands as the server made it. */
const stop = () => {
  if (!shown) return;
  shown.map.remove();
  shown.svg.removeAttribute("style");
  shown.svg.classList.remove("near", "leaflet-image-layer", "leaflet-zoom-animated");
  shown.resize(1, 1);
  shown.drawing.classList.remove("moves");
  shown.drawing.replaceChildren(shown.svg);
  shown = null;
};

addEventListener("beforeprint", stop);
addEventListener("afterprint", start);
document.addEventListener("htmx:beforeSwap", () => {
  if (shown) shown.map.remove();
  shown = null;
});
document.addEventListener("htmx:afterSettle", start);
start();
