import { useState } from 'react';
import { Icon, type IconName } from '../ui/icons.tsx';
import { Menu } from '../ui/menu.tsx';
import { currentTheme, setTheme, THEME_WORDS, THEMES, type Theme } from '../ui/theme.ts';
import { initials, ROLE_WORDS } from '../words/names.ts';
import { useMe } from './session.ts';

const THEME_ICONS: Readonly<Record<Theme, IconName>> = { dark: 'moon', light: 'sun', auto: 'laptop' };

export function UserMenu({ onSignOut }: { readonly onSignOut: () => void }) {
  const me = useMe();
  const [theme, choose] = useState(currentTheme);
  return (
    <Menu
      align="end"
      buttonClass="availability"
      buttonLabel={`${me.user.name}: theme and sign out`}
      testId="user-menu"
      button={
        <>
          <span className="avatar avatar-c" aria-hidden="true">
            {initials(me.user.name)}
          </span>
          <span className="text truncate">{me.user.name}</span>
          <Icon name="down" size="sm" />
        </>
      }
      groups={[
        {
          label: `${me.user.email} · ${ROLE_WORDS[me.role]}`,
          items: THEMES.map((t) => ({
            id: t,
            label: (
              <>
                <Icon name={THEME_ICONS[t]} />
                {THEME_WORDS[t]}
              </>
            ),
            checked: t === theme,
            onSelect: () => {
              setTheme(t);
              choose(t);
            },
          })),
        },
        {
          items: [
            {
              id: 'out',
              label: (
                <>
                  <Icon name="signout" />
                  Sign out
                </>
              ),
              onSelect: onSignOut,
            },
          ],
        },
      ]}
    />
  );
}
