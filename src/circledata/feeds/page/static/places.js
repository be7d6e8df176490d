// Distances, and links that lead to the map apps. Nothing here asks anything of anybody: a link is followed by whoever
// clicks it. The apps of China expect GCJ-02; formula and boxes are those of circledata.values.coordinates.
const FORMULA_BOX = [72.004, 0.8293, 137.8347, 55.8271];
const AXIS_M = 6378245;
const ECCENTRICITY = 0.00669342162296594323;

function inBox(lon, lat, [west, south, east, north]) {
  return west <= lon && lon <= east && south <= lat && lat <= north;
}

// [longitude, latitude] in GCJ-02; as they are where no shift applies: abroad, in Hong Kong, Macau and Taiwan.
function toGcj02(lon, lat) {
  if (!inBox(lon, lat, FORMULA_BOX) || data("unshifted").some((box) => inBox(lon, lat, box))) return [lon, lat];
  const [x, y] = [lon - 105, lat - 35];
  const common = 20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI);
  const slow = (value, waves) => waves.reduce((sum, [height, length]) => sum + height * Math.sin((value * Math.PI) / length), 0);
  const third = [[20, 1], [40, 3]];
  const north =
    -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) +
    ((common + slow(y, [...third, [160, 12], [320, 30]])) * 2) / 3;
  const east =
    300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) +
    ((common + slow(x, [...third, [150, 12], [300, 30]])) * 2) / 3;
  const angle = (lat * Math.PI) / 180;
  const w = 1 - ECCENTRICITY * Math.sin(angle) ** 2;
  const perLat = ((AXIS_M * (1 - ECCENTRICITY)) / (w * Math.sqrt(w))) * (Math.PI / 180);
  const perLon = (AXIS_M / Math.sqrt(w)) * Math.cos(angle) * (Math.PI / 180);
  return [lon + east / perLon, lat + north / perLat];
}

// Metres between two places in degrees, on a sphere.
function metres(lon, lat, otherLon, otherLat) {
  const half = Math.PI / 360;
  const a = Math.sin((otherLat - lat) * half) ** 2;
  const b = Math.cos(lat * 2 * half) * Math.cos(otherLat * 2 * half) * Math.sin((otherLon - lon) * half) ** 2;
  return 2 * 6371008.8 * Math.asin(Math.min(1, Math.sqrt(a + b)));
}

function farAway(distance) {
  if (distance < 995) return say("metres", { n: Math.max(10, Math.round(distance / 10) * 10) });
  return say("kilometres", { n: (distance / 1000).toFixed(distance < 9950 ? 1 : 0) });
}

// The apps of China with the address that shows a place in each; with the name of the place, and never more than that.
function mapLinks(name, lon, lat) {
  const [x, y] = toGcj02(lon, lat).map((degrees) => degrees.toFixed(6));
  const [east, north] = [lon.toFixed(6), lat.toFixed(6)];
  // Tencent separates by ; and : what the label may hold too, and a bracket ends the label of a geo: address.
  const label = encodeURIComponent(name.replace(/[;:,()|]/g, " "));
  return [
    ["map-phone", `geo:${north},${east}?q=${north},${east}(${label})`],
    ["map-amap", `https://uri.amap.com/marker?position=${x},${y}&name=${label}&coordinate=gaode&callnative=1`],
    ["map-baidu", `https://api.map.baidu.com/marker?location=${y},${x}&title=${label}&content=${label}&output=html&coord_type=gcj02`],
    ["map-tencent", `https://apis.map.qq.com/uri/v1/marker?marker=coord:${y},${x};title:${label};addr:${label}&referer=circledata`],
  ];
}
