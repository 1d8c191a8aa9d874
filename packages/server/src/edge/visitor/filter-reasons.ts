import { leftOutReason, type LeftOutReason } from '@foyer/protocol';
import { inRanges, parseRanges } from '@foyer/domain/privacy';
import type { SiteRecord } from '../../ports/team-store.ts';
import type { Directory } from '../../team/directory.ts';
import type { Judged } from './deps.ts';

type Judge = (q: {
  userAgent: string;
  acceptLanguage: string;
  auto: boolean;
  hints: Judged['hints'];
  countAutomated: boolean;
}) => readonly LeftOutReason[];

const OWN_TEAM = leftOutReason('own_team');
const ADDRESS = leftOutReason('address');

/** Why a visit is in no count: every rule that holds, the one it is listed apart with first; none for everybody else. */
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
  ): readonly LeftOutReason[] {
    const { userAgent, acceptLanguage, auto, hints } = judged;
    const reasons = this.#judge({ userAgent, acceptLanguage, auto, hints, countAutomated: site.countAutomated });
    const isTeam = settings.excludeOwnTeam && this.#directory.isTeamAddress(site.workspace, judged.addressHash);
    const isListed = this.#isListed(judged.address, settings.excludedAddresses);
    return isTeam || isListed ? [...reasons, ...(isTeam ? [OWN_TEAM] : []), ...(isListed ? [ADDRESS] : [])] : reasons;
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
