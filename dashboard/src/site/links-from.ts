/** Makes an address from the root of the site relative to a page, so that links work under any base path and from a disk. */
export type Link = (target: string) => string;

/**
 * `page` is the page's folder from the root, such as 'models/churn/', or '' for the root. Folders get their index.html.
 * `linksFrom('models/churn/')('incidents/')` // => '../../incidents/index.html'
 */
export function linksFrom(page: string): Link {
  const up = '../'.repeat(page.split('/').filter((part) => part !== '').length);
  return (target) => `${up === '' ? './' : up}${withIndex(target)}`;
}

/** The same for the page that is shown at any address: it needs addresses from the base. */
export function linksFromBase(base: string): Link {
  return (target) => `${base.replace(/\/*$/, '/')}${target}`;
}

function withIndex(target: string): string {
  const [path = '', anchor] = target.split('#');
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  return anchor === undefined ? file : `${file}#${anchor}`;
}
