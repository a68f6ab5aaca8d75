// Looks at the open report from the inside and tells what it found; see Tests/compare/report.
(() => {
  const problems = [];
  const limit = document.documentElement.clientWidth;
  const note = (text) => { if (problems.length < 12) problems.push(text); };
  const short = (text) => JSON.stringify(text.trim().slice(0, 40));

  // What is folded away is looked at too; what lies in a box that scrolls may be wider than the box.
  document.querySelectorAll("details").forEach((details) => { details.open = true; });
  const scrolls = (element) => element.closest(".scroll") !== null;
  // The head of a table that is shown as cards is there for screen readers alone.
  const isForEars = (element) => {
    const head = element.closest("thead");
    return head !== null && getComputedStyle(head).position === "absolute";
  };
  const isShown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";

  // How high a text is follows from the size of its type, not from its box: that is as high as the
  // font's own ascent and descent, and so differs from machine to machine.
  const sizeOf = (element) => parseFloat(getComputedStyle(element).fontSize);
  const typeBox = (box, size) => {
    const middle = (box.top + box.bottom) / 2;
    return { left: box.left, right: box.right, width: box.width, top: middle - size / 2, bottom: middle + size / 2 };
  };
  // The text of a drawing is scaled with it, and stands on its baseline.
  const drawnText = (element) => {
    const matrix = element.getScreenCTM();
    const size = sizeOf(element) * matrix.d;
    const baseline = element.y.baseVal[0].value * matrix.d + matrix.f;
    const { left, right } = element.getBoundingClientRect();
    return { text: element.textContent, size, box: { left, right, top: baseline - 0.75 * size, bottom: baseline + 0.25 * size } };
  };

  // Every line of text, and the box that must hold it.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("title, style") || !isShown(parent)) continue;
    if (isForEars(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const drawn = parent.closest("svg text");
    const boxes = drawn ? [drawnText(drawn).box] : [...range.getClientRects()].map((box) => typeBox(box, sizeOf(parent)));
    for (const box of boxes) if (box.right > box.left) lines.push({ box, parent, text: node.data });
  }
  for (const { box, parent, text } of lines) {
    if (scrolls(parent)) continue;
    if (box.left < -0.5 || box.right > limit + 0.5) note(`text leaves the page: ${short(text)}`);
    const holder = parent.closest("td, th, dd, dt, li, article, .question, .name, .value, svg, section, header");
    if (!holder || getComputedStyle(holder).display === "contents") continue;
    const outer = holder.getBoundingClientRect();
    if (box.left < outer.left - 1 || box.right > outer.right + 1 || box.top < outer.top - 2 || box.bottom > outer.bottom + 2)
      note(`text leaves its ${holder.tagName.toLowerCase()}: ${short(text)}`);
  }
  for (const element of document.querySelectorAll("main *:not(svg):not(svg *):not(.scroll)"))
    if (isShown(element) && !scrolls(element) && !isForEars(element) && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
      note(`what is in ${element.tagName.toLowerCase()}.${element.className} is wider than it`);

  // Texts of a chart: none on another one, none too small.
  for (const chart of document.querySelectorAll("svg.chart")) {
    if (!isShown(chart)) continue;
    const texts = [...chart.querySelectorAll("text")].map(drawnText);
    texts.forEach(({ box, size, text }, index) => {
      if (size < 11) note(`a text of the chart is ${size.toFixed(1)} pixels high: ${short(text)}`);
      for (const other of texts.slice(index + 1)) {
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (across > 0.5 && down > 0.5) note(`a text of the chart meets another: ${short(text)} ${short(other.text)}`);
      }
    });
  }

  // Rows of the table and lines of text below each other must not meet either.
  const names = [...document.querySelectorAll(".strip .name")].filter(isShown).map((name) => name.getBoundingClientRect());
  names.slice(1).forEach((box, index) => { if (box.top < names[index].bottom - 1) note("two strips meet"); });

  // Contrast of text with what lies below it (WCAG 2.2).
  const channels = (color) => (color.match(/[\d.]+/g) || [0, 0, 0]).map(Number);
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (channels(color).length < 4 || channels(color)[3] > 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  let contrast = 21;
  let contrastOf = "";
  for (const { parent, text } of lines) {
    const style = getComputedStyle(parent);
    const color = parent.closest("svg") ? style.fill : style.color;
    const [light, dark] = [luminance(color), luminance(ground(parent))].sort((a, b) => b - a);
    const found = (light + 0.05) / (dark + 0.05);
    if (found < contrast) [contrast, contrastOf] = [found, text.trim().slice(0, 30)];
  }

  const marks = [...document.querySelectorAll("svg.chart .mark, .strip .mark")].filter(isShown);
  // Texts from outside stand in these, and nothing but text and the program's own names may.
  const foreign = [...document.querySelectorAll(".body *, .question *:not(.small), .strip .name *, h3 *, td.model span *, dt *")];
  return {
    problems, contrast, contrastOf,
    width: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
    scripts: document.scripts.length, hacked: window.hacked !== undefined || document.title === "hacked",
    foreign: foreign.map((element) => element.outerHTML.slice(0, 60)).slice(0, 3).join(" "),
    text: document.body.textContent,
    stripMarks: marks.filter((mark) => mark.closest(".strip")).length,
    pointMarks: marks.filter((mark) => mark.closest("svg.chart")).length,
    pointLabels: [...document.querySelectorAll("svg.chart text.label")].filter(isShown).length,
    paper: channels(getComputedStyle(document.body).backgroundColor).slice(0, 3),
    marks: marks.map((mark) => {
      const { left, right, top, bottom } = mark.getBoundingClientRect();
      return { left, right, top: top + scrollY, bottom: bottom + scrollY, name: mark.textContent || "a mark" };
    }),
  };
})()
