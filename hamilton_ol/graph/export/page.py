"""A picture as one HTML file that can be moved and zoomed, and its texts copied.

It loads nothing from anywhere.
"""

from base64 import b64encode
from hashlib import sha256

from hamilton_ol.graph.export.markup import element, plain
from hamilton_ol.graph.export.palette import Palette
from hamilton_ol.graph.scene.tokens import ThemeName

_SCRIPT = """
const svg = document.querySelector("svg"), box = svg.viewBox.baseVal;
const whole = [box.x, box.y, box.width, box.height];
const show = (x, y, w, h) => svg.setAttribute("viewBox", [x, y, w, h].join(" "));
const scale = () => Math.max(box.width / svg.clientWidth, box.height / svg.clientHeight);
const zoom = (by, x, y) => {
  const w = Math.min(Math.max(box.width * by, 60), whole[2] * 8), k = w / box.width;
  show(x - (x - box.x) * k, y - (y - box.y) * k, w, box.height * k);
};
const at = e => new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
svg.addEventListener("wheel", e => {
  e.preventDefault();
  const p = at(e);
  zoom(Math.exp(e.deltaY * 0.0015), p.x, p.y);
}, {passive: false});
// with Shift texts are selected
svg.addEventListener("mousedown", e => {
  if (e.shiftKey) return;
  getSelection().removeAllRanges();
  e.preventDefault();
});
svg.addEventListener("pointerdown", e => e.shiftKey || svg.setPointerCapture(e.pointerId));
svg.addEventListener("pointermove", e => {
  const k = scale();
  if (e.buttons & 1 && !e.shiftKey) show(box.x - e.movementX * k, box.y - e.movementY * k, box.width, box.height);
});
svg.addEventListener("dblclick", () => show(...whole));
addEventListener("keydown", e => {
  const x = box.x + box.width / 2, y = box.y + box.height / 2, step = box.width / 10;
  const move = {ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step]};
  if (e.key === "+" || e.key === "=") zoom(0.8, x, y);
  else if (e.key === "-") zoom(1.25, x, y);
  else if (e.key === "0") show(...whole);
  else if (move[e.key]) show(box.x + move[e.key][0], box.y + move[e.key][1], box.width, box.height);
  else return;
  e.preventDefault();
});
"""


def page(svg: str, title: str, theme: ThemeName = "light") -> str:
    """An HTML page that shows a picture.

    Args:
        svg: the picture.
        title: of the page.
        theme: of the picture.
    """
    digest = b64encode(sha256(_SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    canvas = Palette(theme).color("canvas")
    style = (
        f"html,body{{margin:0;height:100%;background:{canvas};overflow:hidden}}"
        "svg{width:100%;height:100%;cursor:grab;touch-action:none}"
        "svg:active{cursor:grabbing}"
    )
    head = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width">'
        + element("title", plain(title) or "lineage")
        + f"<style>{style}</style>"
    )
    body = f"{svg}\n<script>{_SCRIPT}</script>"
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>{body}</body></html>\n'
