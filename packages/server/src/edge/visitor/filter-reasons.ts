import { inRanges, parseRanges } from '@foyer/domain/privacy';
import type { SiteRecord } from '../../ports/team-store.ts';
import type { Directory } from '../../team/directory.ts';
import type { Judged } from './deps.ts';

type Judge = (q: { userAgent: string; acceptLanguage: string; auto: boolean; hints: Judged['hints']; countAutomated: boolean }) => string;

/** Why a visit is in no count: listed apart with this reason; '' for everybody else. */
export class FilterReasons {
  readonly #directory: Pick<Directory, 'isTeamAddress'>;
  readonly #judge: Judge;
  readonly #ranges = new WeakMap<readonly string[], ReturnType<typeof parseRanges>>();

  constructor(options: { directory: Pick<Directory, 'isTeamAddress'>; judge: Judge }) {
    this.#directory = options.directory;
    this.#judge = options.judge;
  }

  of(
    judged: Judged,
    site: SiteRecord,
    settings: { readonly excludeOwnTeam: boolean; readonly excludedAddresses: readonly string[] },
  ): string {
    const { userAgent, acceptLanguage, auto, hints } = judged;
    const reason = this.#judge({ userAgent, acceptLanguage, auto, hints, countAutomated: site.countAutomated });
    if (reason !== '') return reason;
    if (settings.excludeOwnTeam && this.#directory.isTeamAddress(site.workspace, judged.addressHash)) return 'Own team';
    return this.#isListed(judged.address, settings.excludedAddresses) ? 'Left-out address' : '';
  }

  #isListed(address: string, list: readonly string[]): boolean {
    if (list.length === 0) return false;
    let ranges = this.#ranges.get(list);
    if (!ranges) {
      ranges = parseRanges(list);
      this.#ranges.set(list, ranges);
    }
    return inRanges(ranges, address);
  }
}
