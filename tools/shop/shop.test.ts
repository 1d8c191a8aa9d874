import { FERNHILL, shopMap } from '@foyer/domain/simulate';
import { describe, expect, test } from 'vitest';
import { createShop } from './shop.ts';

const shop = createShop({ siteKey: 'demo', embedPath: '/foyer.js' });
const get = async (path: string, method = 'GET') => shop(new Request(`http://shop.test${path}`, { method }));
const unescaped = (html: string) => html.replaceAll('&amp;', '&').replaceAll('&#39;', "'");

describe('the demo shop', () => {
  test.each(shopMap(FERNHILL).all.map((page) => [page.path, page] as const))(
    '[SI10] /demo/%s has its title, the snippet and nothing from elsewhere',
    async (path, page) => {
      const response = await get(`/demo/${path}`);
      expect(response?.status).toBe(200);
      const html = (await response?.text()) ?? '';
      expect(unescaped(/<title>(.*)<\/title>/.exec(html)?.[1] ?? '')).toBe(page.title);
      expect(html.match(/<script async src="\/foyer\.js" data-site="demo"><\/script>/g)).toHaveLength(1);
      expect(html).toContain(`data-kind="${page.kind}"`);
      expect(html.match(/(?:src|href|action)="(?!\/|#)[^"]*"/g) ?? []).toEqual([]);
    },
  );

  test('[SI10] every link within the shop leads to a page or a file of it', async () => {
    const links = new Set<string>();
    for (const page of shopMap(FERNHILL).all) {
      const html = (await (await get(`/demo/${page.path}`))?.text()) ?? '';
      for (const [, link = ''] of html.matchAll(/(?:src|href)="(\/demo[^"#]*)"/g)) links.add(link);
    }
    const dead: string[] = [];
    for (const link of links) if ((await get(link))?.status !== 200) dead.push(link);
    expect(dead).toEqual([]);
    expect(links.size).toBeGreaterThan(35);
  });

  test('[SI10] the key and the script path are those of the server', async () => {
    const html = await (await createShop({ siteKey: 'abc', embedPath: '/x/hi.js' })(new Request('http://shop.test/demo/')))?.text();
    expect(html).toContain('<script async src="/x/hi.js" data-site="abc"></script>');
  });

  test('[SI10] what is outside of it is left to the server; a missing slash is added; what it does not have is 404', async () => {
    expect(await get('/')).toBeNull();
    expect(await get('/demolition/')).toBeNull();
    expect((await get('/demo'))?.headers.get('location')).toBe('/demo/');
    expect((await get('/demo/cart'))?.status).toBe(308);
    expect((await get('/demo/nothing/'))?.status).toBe(404);
    expect((await get('/demo/', 'POST'))?.status).toBe(405);
    expect(await (await get('/demo/', 'HEAD'))?.text()).toBe('');
  });
});
