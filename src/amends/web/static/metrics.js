// Draws the course of a metric from the table beside it. Without this script, or without sight of it, the table says the same.
"use strict";
(() => {
  if (!window.echarts) return;
  const drawn = [];
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const number = (text) => (text === "" || text === undefined ? null : Number(text));

  const read = (figure) =>
    [...figure.querySelectorAll("tbody tr")].map((row) => ({
      days: row.cells[0].textContent,
      said: row.cells[1].textContent,
      base: row.cells[2].textContent,
      raw: number(row.dataset.raw),
      low: number(row.dataset.low),
      high: number(row.dataset.high),
      signal: row.dataset.signal,
      ripe: !("unripe" in row.dataset),
    }));

  const lines = (figure, points) => {
    const { sayMiddle, sayLimits, sayValue, middle } = figure.dataset;
    const ink = colour("accent"), faint = colour("edge"), loud = colour("amber");
    const plain = { type: "line", symbol: "none", silent: true, animation: false };
    const last = points.findLastIndex((one) => one.ripe);
    const course = (within, look) => ({
      ...plain, name: sayValue, silent: false, symbol: "circle", ...look,
      data: points.map((one, place) => ({
        value: within(place) ? one.raw : null,
        symbolSize: one.signal ? 9 : points.length > 40 ? 0 : 5,
        itemStyle: { color: one.signal ? loud : one.ripe ? ink : faint },
      })),
    });
    const found = [
      course((place) => place <= last, { lineStyle: { color: ink, width: 2 } }),
      course((place) => place >= last, { lineStyle: { color: faint, width: 2, type: "dotted" } }),
    ];
    if (middle !== "") {
      const dashed = { color: faint, width: 1, type: "dashed" };
      found.push({ ...plain, name: sayMiddle, lineStyle: { color: faint, width: 1 }, data: points.map(() => Number(middle)) });
      found.push({ ...plain, name: sayLimits, step: "middle", lineStyle: dashed, data: points.map((one) => one.low) });
      found.push({ ...plain, name: sayLimits, step: "middle", lineStyle: dashed, data: points.map((one) => one.high) });
    }
    return found;
  };

  const options = (figure, points) => {
    const large = figure.classList.contains("course-large");
    const label = { color: colour("ink-2"), fontSize: 11 };
    return {
      animation: false,
      grid: large ? { left: 56, right: 16, top: 30, bottom: 30 } : { left: 2, right: 6, top: 6, bottom: 6 },
      xAxis: { type: "category", data: points.map((one) => one.days), show: large, axisLabel: label, axisLine: { lineStyle: { color: colour("edge") } } },
      yAxis: { type: "value", scale: true, show: large, name: figure.dataset.unit, nameTextStyle: label, axisLabel: label, splitLine: { lineStyle: { color: colour("line-soft") } } },
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true, backgroundColor: colour("surface"), borderColor: colour("edge"),
        textStyle: { color: colour("ink"), fontSize: 12 },
        formatter: (told) => { const one = points[told[0].dataIndex]; return `${one.days}\n${one.said}\n${one.base}`; },
      },
      series: lines(figure, points),
    };
  };

  const draw = (figure) => {
    const points = read(figure);
    if (points.filter((one) => one.raw !== null).length < 2) return;
    figure.classList.add("is-drawn");
    const chart = window.echarts.init(figure.querySelector(".course-draw"), null, { renderer: "canvas" });
    chart.setOption(options(figure, points));
    drawn.push([figure, chart, points]);
  };

  const again = () => drawn.forEach(([figure, chart, points]) => chart.setOption(options(figure, points), true));
  const start = () => {
    const seen = new IntersectionObserver((entries) => {
      for (const one of entries) if (one.isIntersecting) { seen.unobserve(one.target); draw(one.target); }
    }, { rootMargin: "300px" });
    document.querySelectorAll("[data-course]").forEach((figure) => seen.observe(figure));
    new ResizeObserver(() => drawn.forEach(([, chart]) => chart.resize())).observe(document.getElementById("content"));
    new MutationObserver(again).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
    window.addEventListener("beforeprint", () => document.querySelectorAll("[data-course]:not(.is-drawn)").forEach(draw));
  };
  start();
})();
