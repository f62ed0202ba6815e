// What only the browser can do: the theme before the first paint, keys, copying, files, and a console that stays at its end.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const wanted = () => localStorage.getItem('theme') || 'system';
  const paint = () => {
    const theme = wanted();
    root.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    for (const button of document.querySelectorAll('[data-theme-toggle]')) {
      button.title = `Theme: ${theme}. Click for the next.`;
      button.setAttribute('aria-label', button.title);
    }
  };
  dark.addEventListener('change', paint);
  paint();

  const typing = target => target.closest('input:not([type=checkbox]), select, textarea, [contenteditable]');
  const rows = () => [...document.querySelectorAll('.row a.main')];

  document.addEventListener('click', async event => {
    const target = event.target.closest('[data-theme-toggle], [data-copy], [data-open-dialog], [data-to-end], [data-pick-file]');
    if (!target) return;
    if ('themeToggle' in target.dataset) {
      const order = ['system', 'light', 'dark'];
      localStorage.setItem('theme', order[(order.indexOf(wanted()) + 1) % order.length]);
      paint();
    } else if ('copy' in target.dataset) {
      await navigator.clipboard.writeText(target.dataset.copy);
      target.classList.add('copied');
      target.setAttribute('title', 'Copied');
    } else if ('openDialog' in target.dataset) {
      document.getElementById(target.dataset.openDialog)?.showModal();
    } else if ('toEnd' in target.dataset) {
      const scroller = document.querySelector('[data-stick]');
      if (scroller) scroller.scrollTop = scroller.scrollHeight;
    } else if ('pickFile' in target.dataset) {
      document.getElementById(target.dataset.pickFile)?.click();
    }
  });

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (event.key === 'Escape') {
      if (typing(event.target)) event.target.blur();
      else document.querySelector('[data-close]')?.click();
      return;
    }
    if (typing(event.target)) return;
    if (event.key === '/') {
      const search = document.querySelector('[data-search]');
      if (search) { search.focus(); event.preventDefault(); }
    } else if (event.key === '?') {
      document.getElementById('shortcuts')?.showModal();
    } else if (['ArrowDown', 'ArrowUp', 'j', 'k'].includes(event.key)) {
      const all = rows();
      if (!all.length) return;
      const at = all.indexOf(document.activeElement);
      const next = event.key === 'ArrowDown' || event.key === 'j' ? Math.min(all.length - 1, at + 1) : Math.max(0, at - 1);
      all[next].focus();
      all[next].closest('.row').scrollIntoView({ block: 'nearest' });
      event.preventDefault();
    } else if (['ArrowLeft', 'ArrowRight'].includes(event.key)) {
      document.activeElement?.closest('.row')?.querySelector('[data-toggle]')?.click();
    } else {
      document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
    }
  });

  document.addEventListener('change', async event => {
    const input = event.target.closest('input[type=file][data-import]');
    if (!input?.files.length) return;
    const status = document.getElementById(input.dataset.import);
    const file = input.files[0];
    status.textContent = `Reading ${file.name} …`;
    try {
      const answer = await fetch(`/api/telemetry/import?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file });
      const result = await answer.json();
      if (answer.ok) location.assign(`/data?data=${encodeURIComponent(result.data)}`);
      else status.textContent = result.detail || `It was refused (${answer.status}).`;
    } catch (error) {
      status.textContent = `It could not be sent: ${error.message}`;
    }
    input.value = '';
  });

  // A list that is at its end stays there as lines come; one that is being read does not move.
  const stuck = new WeakMap();
  document.addEventListener('scroll', event => {
    const scroller = event.target;
    if (scroller instanceof Element && scroller.matches('[data-stick]'))
      stuck.set(scroller, scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 30);
  }, true);
  // What an address selects is brought into view once, and not again when its reader scrolls away.
  const shown = new WeakMap();
  const show = list => {
    const at = Number(list.dataset.scrollTo);
    if (shown.get(list) === at || list.scrollHeight < at) return;
    shown.set(list, at);
    if (at < list.scrollTop || at > list.scrollTop + list.clientHeight - 80) list.scrollTop = at - list.clientHeight / 2;
  };
  new MutationObserver(() => {
    document.querySelectorAll('[data-scroll-to]').forEach(show);
    for (const scroller of document.querySelectorAll('[data-stick]'))
      if (stuck.get(scroller) !== false && scroller.scrollTop + scroller.clientHeight < scroller.scrollHeight - 1)
        scroller.scrollTop = scroller.scrollHeight;
  }).observe(root, { childList: true, subtree: true, attributeFilter: ['style', 'data-scroll-to'] });
})();
