// Drawing on a page what is to be covered: by finger, pen or mouse; what is typed is added the same way. Without it, one rectangle is typed.
"use strict";
(() => {
  const place = document.querySelector(".cover-place");
  if (!place) return;
  const form = place.closest("form"), svg = place.querySelector("svg"), field = form.elements.boxes, told = form.querySelector(".cover-told");
  const add = form.querySelector(".cover-add"), back = form.querySelector(".cover-back"), sides = ["x", "y", "wide", "high"];
  const boxes = [];
  let begun = null, ghost = null;

  const within = (value) => Math.min(1000, Math.max(0, Math.round(value)));
  const at = (event) => {
    const frame = svg.getBoundingClientRect();
    return [within((event.clientX - frame.left) / frame.width * 1000), within((event.clientY - frame.top) / frame.height * 1000)];
  };
  const between = ([a, b], [c, d]) => [Math.min(a, c), Math.min(b, d), Math.abs(c - a), Math.abs(d - b)];
  const rect = (box) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    put(made, box);
    return made;
  };
  const put = (made, [x, y, wide, high]) => {
    for (const [name, value] of [["x", x], ["y", y], ["width", wide], ["height", high]]) made.setAttribute(name, value);
  };
  const draw = () => {
    svg.replaceChildren(...boxes.map(rect));
    field.value = boxes.map((one) => one.join(",")).join(";");
    told.textContent = boxes.length ? told.dataset.some.replace("{drawn}", boxes.length) : told.dataset.none;
    back.hidden = !boxes.length;
  };

  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    begun = at(event);
    ghost = rect([...begun, 0, 0]);
    svg.append(ghost);
  });
  svg.addEventListener("pointermove", (event) => { if (begun) put(ghost, between(begun, at(event))); });
  const end = (event) => {
    if (!begun) return;
    const box = between(begun, at(event));
    begun = null;
    if (event.type === "pointerup" && box[2] > 3 && box[3] > 3) boxes.push(box);
    draw();
  };
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);

  add.hidden = false;
  add.addEventListener("click", () => {
    const box = sides.map((one) => Number(form.elements[one].value));
    if (box.some((one) => !Number.isInteger(one) || one < 0) || !box[2] || !box[3] || box[0] + box[2] > 1000 || box[1] + box[3] > 1000) return;
    boxes.push(box);
    for (const one of sides) form.elements[one].value = "";
    draw();
  });
  back.addEventListener("click", () => { boxes.pop(); draw(); });
})();
