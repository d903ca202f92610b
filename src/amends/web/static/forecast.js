// Draws what came and what is expected from the table beside it. Without this script, or without sight of it, the table says the same.
"use strict";
(() => {
  if (!window.echarts) return;
  const drawn = [];
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const number = (text) => (text === "" || text === undefined ? null : Number(text));

  const read = (figure) =>
    [...figure.querySelectorAll("tbody tr")].map((row) => ({
      day: row.cells[0].textContent,
      said: [...row.cells].slice(1).map((cell) => cell.textContent),
      came: row.dataset.mean === undefined ? number(row.cells[1].textContent.replace(/\D/g, "")) : null,
      mean: number(row.dataset.mean),
      low80: number(row.dataset.low80), high80: number(row.dataset.high80),
      low95: number(row.dataset.low95), high95: number(row.dataset.high95),
    }));

  const bands = (points, low, high, name, look) => {
    const plain = { type: "line", stack: name, symbol: "none", silent: true, animation: false, lineStyle: { opacity: 0 } };
    return [
      { ...plain, name: "", data: points.map((one) => one[low]) },
      { ...plain, name, areaStyle: look, data: points.map((one) => (one[low] === null ? null : one[high] - one[low])) },
    ];
  };

  const series = (figure, points) => {
    const { sayCame, sayMean, sayInner, sayOuter } = figure.dataset;
    const ink = colour("accent"), quiet = colour("ink-2");
    const line = { type: "line", symbol: "none", animation: false };
    return [
      ...bands(points, "low95", "high95", sayOuter, { color: ink, opacity: 0.12 }),
      ...bands(points, "low80", "high80", sayInner, { color: ink, opacity: 0.2 }),
      { ...line, name: sayCame, color: quiet, lineStyle: { color: quiet, width: 1.5 }, data: points.map((one) => one.came) },
      { ...line, name: sayMean, color: ink, lineStyle: { color: ink, width: 2 }, data: points.map((one) => one.mean) },
    ];
  };

  const options = (figure, points) => {
    const { sayCame, sayMean, sayInner, sayOuter } = figure.dataset;
    const label = { color: colour("ink-2"), fontSize: 11 };
    return {
      animation: false,
      grid: { left: 40, right: 12, top: 34, bottom: 28 },
      legend: {
        data: [
          { name: sayCame, icon: "rect", itemStyle: { color: colour("ink-2") } },
          { name: sayMean, icon: "rect", itemStyle: { color: colour("accent") } },
          { name: sayInner, icon: "rect", itemStyle: { color: colour("accent"), opacity: 0.32 } },
          { name: sayOuter, icon: "rect", itemStyle: { color: colour("accent"), opacity: 0.12 } },
        ],
        textStyle: label, itemWidth: 16, itemHeight: 8, top: 0, selectedMode: false,
      },
      xAxis: { type: "category", data: points.map((one) => one.day), axisLabel: label, axisLine: { lineStyle: { color: colour("edge") } } },
      yAxis: { type: "value", min: 0, minInterval: 1, axisLabel: label, splitLine: { lineStyle: { color: colour("line-soft") } } },
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true, backgroundColor: colour("surface"), borderColor: colour("edge"),
        textStyle: { color: colour("ink"), fontSize: 12 },
        formatter: (told) => {
          const one = points[told[0].dataIndex];
          return one.mean === null ? `${one.day}\n${sayCame} ${one.said[0]}` : `${one.day}\n${sayMean} ${one.said[1]}\n80 %: ${one.said[2]}\n95 %: ${one.said[3]}${one.said[4] ? `\n${one.said[4]}` : ""}`;
        },
      },
      series: series(figure, points),
    };
  };

  document.querySelectorAll("[data-ahead]").forEach((figure) => {
    const points = read(figure);
    if (points.length < 2) return;
    figure.classList.add("is-drawn");
    const chart = window.echarts.init(figure.querySelector(".course-draw"), null, { renderer: "canvas" });
    chart.setOption(options(figure, points));
    drawn.push([figure, chart, points]);
  });
  const again = () => drawn.forEach(([figure, chart, points]) => chart.setOption(options(figure, points), true));
  new ResizeObserver(() => drawn.forEach(([, chart]) => chart.resize())).observe(document.getElementById("content"));
  new MutationObserver(again).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
})();
