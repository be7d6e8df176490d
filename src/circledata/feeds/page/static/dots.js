// Draws any number of outlets on one canvas: those that lie close together on the screen become one disc with their
// number. A hundred thousand take some milliseconds, because only what is seen is looked at twice.
const CELL = 56; // pixels within which outlets are drawn as one
const FINEST = 17; // from this zoom on every outlet is drawn by itself,
const FINE = 14; // and from this one where the map shows no more than
const FEW = 150;
const MARGIN = 0.25; // of the map's size, drawn beyond its edges so that dragging shows no blank strip

const Dots = L.Layer.extend({
  onAdd(map) {
    this._canvas = L.DomUtil.create("canvas", "dots", map.getPane("overlayPane"));
    this._canvas.setAttribute("aria-hidden", "true");
    map.on("moveend zoom viewreset resize", this.draw, this);
    this.draw();
  },

  onRemove(map) {
    map.off("moveend zoom viewreset resize", this.draw, this);
    this._canvas.remove();
  },

  // What to draw: the outlets in `places`, colours by class, and the chosen one (-1 for none).
  show(places, chosen) {
    this._places = places;
    this._chosen = chosen;
    this.draw();
  },

  draw() {
    const map = this._map;
    if (!map || !this._places) return;
    const size = map.getSize();
    const pad = size.multiplyBy(MARGIN).round();
    const whole = size.add(pad.multiplyBy(2));
    const ratio = window.devicePixelRatio || 1;
    L.DomUtil.setPosition(this._canvas, map.containerPointToLayerPoint([0, 0]).subtract(pad));
    this._canvas.width = whole.x * ratio;
    this._canvas.height = whole.y * ratio;
    this._canvas.style.width = whole.x + "px";
    this._canvas.style.height = whole.y + "px";
    const pen = this._canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.translate(pad.x, pad.y);
    this._groups = this._gather(map, pad, size);
    const colours = coloursOf("--basic", "--quality", "--public", "--other", "--accent", "--paper", "--ink", "--mixed");
    for (const group of this._groups) group.places.length > 1 ? this._disc(pen, group, colours) : this._dot(pen, group, colours);
    if (this._chosen >= 0 && located(this._chosen)) this._ring(pen, map, colours);
  },

  // Groups of outlets by cell of the screen; a group stands where its outlets are on average.
  _gather(map, pad, size) {
    const scale = 256 * 2 ** map.getZoom();
    const corner = map.getPixelOrigin().subtract(L.DomUtil.getPosition(map.getPane("mapPane")));
    const [west, north, east, south] = [-pad.x, -pad.y, size.x + pad.x, size.y + pad.y];
    const seen = this._places.filter((place) => {
      const x = store.x[place] * scale - corner.x;
      const y = store.y[place] * scale - corner.y;
      return x >= west && x <= east && y >= north && y <= south;
    });
    const zoom = map.getZoom();
    const cell = zoom >= FINEST || (zoom >= FINE && seen.length <= FEW) ? 1 : CELL;
    // The cells stay where they are on the ground, so that groups do not dance while the map is dragged.
    const [shiftX, shiftY] = [corner.x % cell, corner.y % cell];
    const groups = new Map();
    for (const place of seen) {
      const x = store.x[place] * scale - corner.x;
      const y = store.y[place] * scale - corner.y;
      const key = Math.floor((x + shiftX) / cell) * 65_536 + Math.floor((y + shiftY) / cell);
      let group = groups.get(key);
      if (!group) groups.set(key, (group = { x: 0, y: 0, places: [] }));
      group.x += x;
      group.y += y;
      group.places.push(place);
    }
    const found = [...groups.values()];
    for (const group of found) {
      group.x /= group.places.length;
      group.y /= group.places.length;
      group.radius = group.places.length > 1 ? Math.min(24, 9 + 2.2 * Math.log2(group.places.length)) : 5.5;
    }
    return found;
  },

  _disc(pen, { x, y, radius, places }, [, , , , , paper, ink, mixed]) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = mixed;
    pen.fill();
    pen.lineWidth = 1.5;
    pen.strokeStyle = paper;
    pen.stroke();
    pen.fillStyle = ink;
    pen.font = `600 ${places.length > 999 ? 11 : 12}px system-ui, sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(places.length < 10_000 ? String(places.length) : Math.round(places.length / 1000) + "k", x, y + 0.5);
  },

  _dot(pen, { x, y, radius, places }, colours) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = colours[store.kind[places[0]]];
    pen.fill();
    pen.lineWidth = 1.5;
    pen.strokeStyle = colours[5];
    pen.stroke();
  },

  _ring(pen, map, colours) {
    const { x, y } = map.latLngToContainerPoint([store.lat[this._chosen], store.lon[this._chosen]]);
    pen.beginPath();
    pen.arc(x, y, 10, 0, 2 * Math.PI);
    pen.lineWidth = 4;
    pen.strokeStyle = colours[4];
    pen.stroke();
  },

  // The group under a point of the map, with room for a thumb; the nearest where several are.
  at({ x, y }, reach) {
    let best = null;
    let least = Infinity;
    for (const group of this._groups ?? []) {
      const away = Math.hypot(group.x - x, group.y - y) - group.radius;
      if (away <= reach && away < least) [best, least] = [group, away];
    }
    return best;
  },
});

function coloursOf(...names) {
  const style = getComputedStyle(root);
  return names.map((name) => style.getPropertyValue(name).trim());
}
