import type { SiteContexts, SiteGoals, TriedPage } from '@foyer/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditOf } from '../../team/team.testkit.ts';
import type { SignedIn } from '../../team/sessions.ts';
import { anHttpEdge, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
let adam: SignedIn;
let anna: SignedIn;
beforeAll(async () => {
  t = await anHttpEdge();
  [adam, anna] = [await t.join('admin', 'Adam'), await t.join('agent', 'Anna')];
});
afterAll(() => t.dispose());

const at = (path: string, site = t.site.id) => `/api/v1/sites/${site}${path}`;
const put = (path: string, body: unknown, as = adam) => t.call(`PUT ${at(path)}`, { as, body });
const attempt = async (body: unknown) => (await t.call(`POST ${at('/contexts/try')}`, { as: adam, body })).body as TriedPage;
const fieldsOf = (answer: { body: unknown }) => Object.keys((answer.body as { error: { fields?: object } }).error.fields ?? {});

describe('rules over REST', () => {
  it('[PC16] everybody reads them, with what ships; leads replace them; nobody of another workspace', async () => {
    const before = (await t.call(`GET ${at('/contexts')}`, { as: anna })).body as SiteContexts;
    expect(before.entries.every((entry) => entry.kind === 'set' && entry.enabled)).toBe(true);
    expect(before.sets.find(({ set }) => set === 'shopify')?.rules.length).toBeGreaterThan(10);
    const entries = [
      { kind: 'rule', id: 'mine', context: 'cart', path: '/bag', host: 'SHOP.müller.example' },
      { kind: 'set', set: 'generic' },
    ];
    expect((await put('/contexts', { entries }, anna)).status).toBe(403);
    const after = (await put('/contexts', { entries })).body as SiteContexts;
    expect(after.entries).toEqual([
      {
        ...{ kind: 'rule', id: 'mine', context: 'cart', path: '/bag', enabled: true, query: '', hash: '', note: '' },
        host: 'shop.xn--mller-kva.example',
      },
      { kind: 'set', set: 'generic', enabled: true, off: [] },
    ]);
    const far = await t.elsewhere();
    expect([(await put('/contexts', { entries }, far)).status, (await t.call(`GET ${at('/goals')}`, { as: far })).status]).toEqual([
      404, 404,
    ]);
    expect(auditOf(t.dataDir).some(({ action }) => action === 'site.contexts')).toBe(true);
  });

  it('[PC16] what is no rule is refused at its field, and nothing changes', async () => {
    const bad = await put('/contexts', {
      entries: [
        { kind: 'set', set: 'generic' },
        { kind: 'rule', id: 'x', context: 'cart', path: 'bag' },
      ],
    });
    expect([bad.status, fieldsOf(bad)]).toEqual([422, ['entries.1.path']]);
    expect((await put('/contexts', { entries: [{ kind: 'set', set: 'nothing' }] })).status).toBe(422);
    expect(((await t.call(`GET ${at('/contexts')}`, { as: anna })).body as SiteContexts).entries).toHaveLength(2);
  });

  it('[PC17] an address is tried as it would be seen, against the saved rules or those given', async () => {
    expect(await attempt({ url: 'https://shop.xn--mller-kva.example/bag?token=secret#x' })).toMatchObject({
      url: 'https://shop.xn--mller-kva.example/bag',
      context: 'cart',
      by: { from: 'own', id: 'mine' },
      others: [
        { from: 'generic', id: 'generic-cart' },
        { from: 'generic', id: 'generic-cart-words' },
      ],
    });
    const given = {
      entries: [{ kind: 'rule', id: 'y', context: 'none', path: '/checkout/**' }],
      goals: [{ name: 'Demo', pages: [{ path: '/checkout' }] }],
    };
    expect(await attempt({ url: '/checkout', ...given })).toMatchObject({ context: 'none', by: { id: 'y' }, goals: ['demo'] });
    expect(await attempt({ url: 'shop.example/nothing' })).toMatchObject({
      url: 'https://shop.example/nothing',
      by: null,
      others: [],
      goals: [],
    });
    for (const url of [
      'https://',
      'javascript:alert(1)',
      'mailto:anna@shop.example',
      'cart',
      '   ',
      `https://shop.example/${'x'.repeat(10_000)}`,
    ]) {
      const bad = await t.call(`POST ${at('/contexts/try')}`, { as: adam, body: { url } });
      expect([url, bad.status, fieldsOf(bad)]).toEqual([url, 422, ['url']]);
    }
  });
});

it('[GO11] goals are read by members and replaced by leads; what ships stays; what is wrong is said at its field', async () => {
  const read = (await t.call(`GET ${at('/goals')}`, { as: anna })).body as SiteGoals;
  expect(read).toEqual({
    goals: [expect.objectContaining({ id: 'checkout' }), expect.objectContaining({ id: 'lead-captured' })],
    unknown: [],
  });
  expect((await put('/goals', { goals: [] }, anna)).status).toBe(403);
  const { goals } = (
    await put('/goals', {
      goals: [
        { name: 'Newsletter', form: 'Stay in touch' },
        { id: 'checkout', name: 'x', enabled: false },
      ],
    })
  ).body as SiteGoals;
  expect(goals.map(({ id, name, enabled }) => [id, name, enabled])).toEqual([
    ['newsletter', 'Newsletter', true],
    ['checkout', 'Checkout', false],
    ['lead-captured', 'Lead captured', true],
  ]);
  const bad = await put('/goals', { goals: [{ name: 'A', pages: [{ path: '/ok' }, { path: '/{' }] }] });
  expect([bad.status, fieldsOf(bad)]).toEqual([422, ['goals.0.pages.1.path']]);
  const twice = await put('/goals', { goals: [{ name: 'A' }, { name: 'a' }] });
  expect([twice.status, fieldsOf(twice)]).toEqual([422, ['goals.1.name']]);
  expect(auditOf(t.dataDir).filter(({ action }) => action === 'site.goals')).toHaveLength(1);
});
