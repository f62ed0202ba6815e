// What only the browser can do: the theme before the first paint, keys, copying, figures where one points at, and drawing over a time axis.
(() => {
  const root = document.documentElement;
  const wanted = () => localStorage.getItem('theme') || 'system';
  const paint = () => {
    const theme = wanted();
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of document.querySelectorAll('[data-theme-toggle]')) {
      button.title = `Theme: ${theme}. Click for the next.`;
      button.setAttribute('aria-label', button.title);
    }
  };
  paint();

  document.addEventListener('click', event => {
    const target = event.target.closest('[data-theme-toggle], [data-copy], [data-skip]');
    if (!target) return;
    if ('themeToggle' in target.dataset) {
      const order = ['system', 'light', 'dark'];
      localStorage.setItem('theme', order[(order.indexOf(wanted()) + 1) % order.length]);
      paint();
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
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    if (target.matches('input')) target.focus();
    else target.click();
    event.preventDefault();
  });

  const tip = Object.assign(document.createElement('div'), { className: 'float-tip', hidden: true, role: 'tooltip' });
  const show = (element, x, y) => {
    if (!tip.isConnected) document.body.append(tip);
    tip.textContent = element.dataset.tip;
    tip.hidden = false;
    const width = tip.offsetWidth, height = tip.offsetHeight;
    tip.style.left = `${Math.max(8, Math.min(x + 14, innerWidth - width - 8))}px`;
    tip.style.top = `${y + 18 + height > innerHeight ? y - height - 12 : y + 18}px`;
  };
  const hide = () => { tip.hidden = true; };
  document.addEventListener('pointermove', event => {
    const element = event.target.closest?.('[data-tip]');
    if (element && !brushing) show(element, event.clientX, event.clientY);
    else hide();
  });
  document.addEventListener('focusin', event => {
    const element = event.target.closest('[data-tip]');
    if (!element) return hide();
    const box = element.getBoundingClientRect();
    show(element, box.left + 40, box.bottom - 12);
  });
  document.addEventListener('scroll', hide, true);

  // Of a timeline's rows one can be reached by Tab; from it, the arrow keys go on.
  document.addEventListener('keydown', event => {
    const row = event.target.closest?.('.timeline-chart a[data-tip]');
    if (!row || !['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) return;
    const all = [...row.closest('svg').querySelectorAll('a[data-tip]')];
    const at = all.indexOf(row);
    all[{ ArrowDown: Math.min(at + 1, all.length - 1), ArrowUp: Math.max(at - 1, 0), Home: 0, End: all.length - 1 }[event.key]].focus();
    event.preventDefault();
    event.stopPropagation();
  }, true);

  let brushing = null;
  const part = event => {
    const box = brushing.chart.querySelector('svg').getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
  };
  document.addEventListener('pointerdown', event => {
    const chart = event.target.closest?.('[data-brush]');
    if (!chart || event.button !== 0) return;
    brushing = { chart, band: Object.assign(document.createElement('div'), { className: 'brush-band' }) };
    brushing.from = part(event);
  });
  document.addEventListener('pointermove', event => {
    if (!brushing) return;
    const { chart, band, from } = brushing;
    const to = part(event);
    if (!band.isConnected && Math.abs(to - from) < 0.005) return;
    if (!band.isConnected) chart.append(band);
    band.style.left = `${Math.min(from, to) * 100}%`;
    band.style.width = `${Math.abs(to - from) * 100}%`;
  });
  document.addEventListener('pointerup', event => {
    if (!brushing) return;
    const { chart, band, from } = brushing;
    const to = part(event);
    brushing = null;
    if (!band.isConnected) return;
    band.remove();
    // What was drawn over is no click on a row.
    addEventListener('click', click => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
    setTimeout(() => dispatchEvent(new Event('click')), 0);
    const input = document.getElementById(chart.dataset.brush);
    input.value = `${Math.min(from, to)},${Math.max(from, to)}`;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  document.addEventListener('dragstart', event => {
    if (event.target.closest?.('[data-brush]')) event.preventDefault();
  });
})();
