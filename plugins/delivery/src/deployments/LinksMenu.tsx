import { useTranslationRef } from '@backstage/frontend-plugin-api';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import MoreIcon from '@material-ui/icons/MoreHoriz';
import { useState } from 'react';
import { deliveryTranslationRef } from '../translation';
import type { LinkRow } from '../components/links';

/** Links to the application in other tools. @internal */
export function LinksMenu(props: { application: string; links: LinkRow[] }) {
  const { application, links } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [anchor, setAnchor] = useState<HTMLElement>();
  if (links.length === 0) {
    return null;
  }
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
      <Menu anchorEl={anchor} open={anchor !== undefined} onClose={close}>
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
