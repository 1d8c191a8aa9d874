/** What a page tells of its browser, in the words of GET /seen: what the tracker puts into its `hello`, and nothing that it does not. */
export interface SaidByPage {
  readonly timeZone: string;
  /** `1920x1080x2`: width, height, pixel ratio. */
  readonly screen: string;
  readonly webdriver: boolean;
  readonly gpc: boolean;
  readonly dnt: boolean;
}

export function saidByThisPage(): SaidByPage {
  const here: Navigator & { readonly globalPrivacyControl?: boolean } = navigator;
  return {
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: [screen.width, screen.height, devicePixelRatio].join('x'),
    webdriver: here.webdriver,
    gpc: here.globalPrivacyControl === true,
    dnt: Number(here.doNotTrack) > 0,
  };
}
