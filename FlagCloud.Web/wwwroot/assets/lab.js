// What only the browser can do: the theme before the first paint, keys, copying, figures where one points at, and drawing over a time axis.
(() => {
  const root = document.documentElement;
  const themes = ['system', 'light', 'dark'];
  const paint = theme => {
    localStorage.setItem('theme', theme);
    root.dataset.theme = theme;
    for (const button of document.querySelectorAll('[data-theme-toggle]')) {
      button.title = `Theme: ${theme}. Click for the next.`;
      button.setAttribute('aria-label', button.title);
    }
  };
  paint(localStorage.getItem('theme') || 'system');

  document.addEventListener('click', event => {
    const target = event.target.closest('[data-theme-toggle], [data-copy], [data-skip]');
    if (!target) return;
    if ('themeToggle' in target.dataset) {
      paint(themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length]);
    } else if ('copy' in target.dataset) {
      navigator.clipboard.writeText(target.dataset.copy).then(() => { target.title = 'Copied'; });
    } else {
      event.preventDefault();
      document.getElementById(target.dataset.skip)?.focus();
    }
  });

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (event.target.closest('input:not([type=checkbox], [type=radio]), select, textarea')) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    // Of a timeline's rows one can be reached by Tab; from it, the arrow keys go on.
    const row = event.target.closest('.timeline-chart a');
    const rows = [...row?.parentElement.querySelectorAll('a') ?? []];
    const at = rows.indexOf(row);
    const next = { ArrowDown: rows[at + 1], ArrowUp: rows[at - 1], Home: rows[0], End: rows.at(-1) }[event.key];
    const target = next ?? document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    if (target === next || target.matches('input')) target.focus();
    else target.click();
    event.preventDefault();
  });

  const tip = Object.assign(document.createElement('div'), { className: 'float-tip', hidden: true, role: 'tooltip' });
  const point = (element, x, y) => {
    tip.hidden = !element;
    if (!element) return;
    document.body.append(tip);
    tip.textContent = element.dataset.tip;
    const width = tip.offsetWidth, height = tip.offsetHeight;
    tip.style.left = `${Math.max(8, Math.min(x + 14, innerWidth - width - 8))}px`;
    tip.style.top = `${y + 18 + height > innerHeight ? y - height - 12 : y + 18}px`;
  };
  document.addEventListener('focusin', event => {
    const box = event.target.getBoundingClientRect();
    point(event.target.closest('[data-tip]'), box.left + 40, box.bottom - 12);
  });
  document.addEventListener('scroll', () => point(null), true);

  let brushing = null;
  // From where to where it was drawn over, as shares of the chart's width.
  const part = event => {
    const box = brushing.chart.querySelector('svg').getBoundingClientRect();
    const to = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
    return [Math.min(brushing.from ?? to, to), Math.max(brushing.from ?? to, to)];
  };
  document.addEventListener('pointerdown', event => {
    const chart = event.target.closest?.('[data-brush]');
    if (!chart || event.button !== 0) return;
    brushing = { chart, band: Object.assign(document.createElement('div'), { className: 'brush-band' }) };
    [brushing.from] = part(event);
  });
  document.addEventListener('pointermove', event => {
    point(brushing ? null : event.target.closest?.('[data-tip]'), event.clientX, event.clientY);
    if (!brushing) return;
    const { chart, band } = brushing;
    const [from, to] = part(event);
    if (!band.isConnected && to - from < 0.005) return;
    chart.append(band);
    band.style.left = `${from * 100}%`;
    band.style.width = `${(to - from) * 100}%`;
  });
  document.addEventListener('pointerup', event => {
    if (!brushing) return;
    const { chart, band } = brushing;
    const range = part(event);
    brushing = null;
    if (!band.isConnected) return;
    band.remove();
    // What was drawn over is no click on a row.
    addEventListener('click', click => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
    setTimeout(() => dispatchEvent(new Event('click')), 0);
    const input = document.getElementById(chart.dataset.brush);
    input.value = range.join();
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  document.addEventListener('dragstart', event => {
    if (event.target.closest?.('[data-brush]')) event.preventDefault();
  });
})();
