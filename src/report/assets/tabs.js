/** Shows one part of the report at a time: the one that the address names, else the first. */
export function showTabs() {
  const links = [...document.querySelectorAll('nav.tabs a')].filter(
    (link) => link instanceof HTMLAnchorElement,
  );
  const show = () => {
    const current = links.find(({ hash }) => hash === location.hash) ?? links[0];
    for (const link of links) {
      const section = document.querySelector(link.hash);
      section?.classList.toggle('current', link === current);
      if (link === current) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.addEventListener('click', (event) => {
      // The browser would scroll what is shown to the top, and the links out of sight.
      event.preventDefault();
      history.pushState(null, '', link.hash);
      show();
    });
  }
  addEventListener('popstate', show);
  addEventListener('hashchange', show);
  document.body.classList.add('with-tabs');
  show();
}

/** On paper nothing can be opened: all is, and closed again after. */
export function openInPrint() {
  const folded = () => [...document.querySelectorAll('details')];
  /** @type {HTMLDetailsElement[]} */
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = folded().filter(({ open }) => !open);
    for (const part of closed) part.open = true;
  });
  addEventListener('afterprint', () => {
    for (const part of closed) part.open = false;
  });
}
