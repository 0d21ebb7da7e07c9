import { useTranslationRef } from '@backstage/frontend-plugin-api';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import MoreIcon from '@material-ui/icons/MoreHoriz';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import { useRef, useState } from 'react';
import { openApplication } from '../../application/useOpenApplication';
import type { LinkRow } from '../../components/links';
import { deliveryTranslationRef } from '../../translation';
import { useActions } from '../actionsContext';
import { ActionItems } from './ActionItems';

/**
 * The application's details, links to it in other tools, and what can be done with
 * it.
 *
 * @internal
 */
export function ApplicationMenu(props: {
  /** The application's name, as the page shows it. */
  application: string;
  applicationRef: ApplicationRef;
  environment?: string;
  links: LinkRow[];
  /** The page shows the details already. */
  withoutDetails?: boolean;
}) {
  const { application, applicationRef, environment, links } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const actions = useActions();
  const entityRef = actions?.entityRef;
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
  // The menu returns the focus first, so that what opens can return it to the same
  // button.
  const closeThen = (then: () => void) => {
    afterClosing.current = then;
    close();
  };
  if (props.withoutDetails && links.length === 0 && !entityRef) {
    return null;
  }
  return (
    <>
      <IconButton
        size="small"
        aria-label={t('deployments.menu', { application })}
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
        MenuListProps={{ disabledItemsFocusable: true }}
        TransitionProps={{
          onExited: () => {
            afterClosing.current?.();
            afterClosing.current = undefined;
          },
        }}
      >
        {!props.withoutDetails && (
          <MenuItem
            aria-haspopup="dialog"
            onClick={() => closeThen(() => openApplication(applicationRef))}
          >
            {t('application.details')}
          </MenuItem>
        )}
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
        {entityRef && (
          <ActionItems
            target={{ entityRef, application: applicationRef }}
            environment={environment}
            onClose={closeThen}
          />
        )}
      </Menu>
    </>
  );
}
