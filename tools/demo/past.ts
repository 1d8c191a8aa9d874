import { newId } from '@foyer/domain';
import { maskAddress } from '@foyer/domain/privacy';
import { createRandom, FERNHILL, type Person, type ShopPage, shopMap, sidePages, type SideSite } from '@foyer/domain/simulate';
import { describeAgent, type Foyer, type VisitRecord } from '@foyer/server';

/** Visits written at once: one transaction of about 20 ms. */
const BATCH = 500;

/** Writes what the regulars did before the demo began, as if it had been seen. Answers the visits, oldest first. */
export async function writePast(q: {
  archive: Foyer['archive'];
  regulars: readonly Person[];
  workspace: string;
  /** Of the shop and the side sites, in the order of `Person.site`. */
  sites: readonly { readonly id: string; readonly address: string }[];
  sides: readonly SideSite[];
  seed: number;
  now: number;
}): Promise<readonly VisitRecord[]> {
  const random = createRandom(q.seed ^ 0x9a57);
  const pages = [shopMap(FERNHILL).all, ...q.sides.map(sidePages)];
  const visits: VisitRecord[] = [];
  for (const person of q.regulars) {
    const site = q.sites[person.site]!;
    const pagesHere: readonly ShopPage[] = pages[person.site]!;
    const place = q.archive.lookup(person.address, person.timeZone);
    for (const past of person.past) {
      const startedAt = q.now - past.agoMs;
      const step = past.lastedMs / past.pages;
      const trail = Array.from({ length: past.pages }, (_, i) => {
        const page = random.pick(pagesHere);
        return { at: Math.round(startedAt + i * step), url: `${site.address}${page.path}`, title: page.title };
      });
      const lastActivityAt = Math.round(startedAt + past.lastedMs);
      visits.push({
        workspace: q.workspace,
        site: site.id,
        visit: newId(startedAt, () => random.int(0, 0xffff_ffff)),
        visitor: q.archive.visitorOf(site.id, person.cookie),
        startedAt,
        lastActivityAt,
        endedAt: lastActivityAt,
        leftAt: lastActivityAt,
        pages: past.pages,
        trail: trail.slice(-50),
        tabs: { [`past-${person.id}`]: past.pages },
        ...{ country: place.country, region: place.region, city: place.city, place: place.place },
        ...{ lat: place.lat, lon: place.lon, approximate: place.approximate, organisation: place.organisation },
        ...describeAgent(person.device.userAgent, person.device.hints),
        lang: person.language,
        timeZone: person.timeZone,
        screen: person.screen.slice(0, 2).join(' × '),
        referrer: '',
        referrerHost: '',
        campaign: '',
        ip: maskAddress(person.address, 'default'),
        source: 'Widget',
        context: '',
        filtered: '',
        name: person.identity?.name ?? '',
        identity: '',
        goals: [],
      });
    }
  }
  visits.sort((a, b) => a.startedAt - b.startedAt);
  for (let i = 0; i < visits.length; i += BATCH) {
    const batch = visits.slice(i, i + BATCH);
    await q.archive.history.meetVisitors(batch);
    await q.archive.history.saveVisits(batch);
  }
  return visits;
}
