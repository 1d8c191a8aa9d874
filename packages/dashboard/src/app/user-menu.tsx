import { AVAILABILITIES, type Availability } from '@foyer/protocol';
import { useNavigate } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { t } from '../messages/catalogue.ts';
import { chooseLanguage, currentLanguage, LANGUAGE_NAMES, LANGUAGES } from '../messages/language.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { Menu } from '../ui/menu.tsx';
import { currentTheme, setTheme, subscribeTheme, THEME_ICONS, THEMES } from '../ui/theme.ts';
import { roleWord } from '../words/names.ts';
import { Avatar } from '../ui/avatar.tsx';
import { useLateChat, useOwnAvailability } from './late-chat.ts';
import { useMe } from './session.ts';

/** Green and filled, amber, hollow. */
const DOTS: Readonly<Record<Availability, string>> = { online: 'active', away: 'unassigned', offline: 'inactive' };

export function UserMenu({ onShortcuts, onSignOut }: { readonly onShortcuts: () => void; readonly onSignOut: () => void }) {
  const me = useMe();
  const navigate = useNavigate();
  const theme = useSyncExternalStore(subscribeTheme, currentTheme);
  const language = currentLanguage();
  const chat = useLateChat();
  const available = useOwnAvailability();
  const action = (id: string, icon: IconName, word: string, onSelect: () => void) => ({
    id,
    label: (
      <>
        <Icon name={icon} />
        {word}
      </>
    ),
    onSelect,
  });
  return (
    <Menu
      align="end"
      buttonClass="availability"
      buttonLabel={t.shell.userMenu(me.user.name)}
      testId="user-menu"
      button={
        <>
          <span className="team-one" aria-hidden="true">
            <Avatar name={me.user.name} />
            {available && <i className="dot" data-status={DOTS[available]} />}
          </span>
          <span className="text truncate">{available ? t.shell.availabilities[available] : me.user.name}</span>
          <Icon name="down" size="sm" />
        </>
      }
      head={
        <div className="menu-who" aria-hidden="true">
          <b className="truncate">{me.user.name}</b>
          <small className="truncate">{`${me.user.email} · ${roleWord(me.role)}`}</small>
        </div>
      }
      groups={[
        ...(chat && available
          ? [
              {
                label: t.shell.availability,
                items: AVAILABILITIES.map((one) => ({
                  id: `as ${one}`,
                  label: (
                    <>
                      <i className="dot" data-status={DOTS[one]} />
                      {t.shell.availabilities[one]}
                    </>
                  ),
                  checked: one === available,
                  onSelect: () => chat.available(one),
                })),
              },
            ]
          : []),
        {
          label: t.shell.theme,
          items: THEMES.map((one) => ({
            ...action(one, THEME_ICONS[one], t.words.themes[one], () => setTheme(one)),
            checked: one === theme,
          })),
        },
        {
          label: t.shell.language,
          items: LANGUAGES.map((one) => ({
            ...action(one, 'language', LANGUAGE_NAMES[one], () => chooseLanguage(one)),
            lang: one,
            checked: one === language,
          })),
        },
        {
          items: [
            ...(me.workspace.trackingInPlan ? [action('seen', 'eye', t.shell.seen, () => void navigate({ to: '/settings/seen' }))] : []),
            action('shortcuts', 'keyboard', t.shell.shortcuts, onShortcuts),
            action('out', 'signout', t.shell.signOut, onSignOut),
          ],
        },
      ]}
    />
  );
}
