import { useTranslationRef } from '@backstage/frontend-plugin-api';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import MoreIcon from '@material-ui/icons/MoreHoriz';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import { useRef, useState } from 'react';
import { openApplication } from '../application/useOpenApplication';
import { deliveryTranslationRef } from '../translation';
import type { LinkRow } from '../components/links';

/** The application's details, and links to it in other tools. @internal */
export function LinksMenu(props: {
  /** The application's name, as the page shows it. */
  application: string;
  applicationRef: ApplicationRef;
  links: LinkRow[];
}) {
  const { application, applicationRef, links } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const afterClosing = useRef<() => void>();
  const title = (link: LinkRow) => {
    switch (link.kind) {
      case 'argocd':
        return t('deployments.openArgocd');
      case 'commit':
        return t('deployments.openCommit');
      default:
        return t('deployments.open', { title: link.title });
    }
  };
  const close = () => setAnchor(undefined);
  return (
    <>
      <IconButton
        size="small"
        aria-label={t('deployments.links', { application })}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <MoreIcon fontSize="small" />
      </IconButton>
      <Menu
        anchorEl={anchor}
        open={anchor !== undefined}
        onClose={close}
        TransitionProps={{
          onExited: () => {
            afterClosing.current?.();
            afterClosing.current = undefined;
          },
        }}
      >
        <MenuItem
          aria-haspopup="dialog"
          onClick={() => {
            // The menu returns the focus first, so that the drawer can return it to
            // the same button.
            afterClosing.current = () => openApplication(applicationRef);
            close();
          }}
        >
          {t('application.details')}
        </MenuItem>
        {links.map(link => (
          <MenuItem
            key={`${link.kind} ${link.title} ${link.url}`}
            component="a"
            href={link.url}
            target="_blank"
            rel="noopener noreferrer"
            onClick={close}
          >
            {title(link)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
