import { useTranslationRef } from '@backstage/frontend-plugin-api';
import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import LinkIcon from '@material-ui/icons/Link';
import { useEffect, useState, type MouseEvent } from 'react';
import { deliveryTranslationRef } from '../translation';
import { linkTo } from './anchor';

/** How long the tooltip shows whether copying succeeded. */
const SHOWN_MS = 2000;

const MESSAGES = {
  idle: 'promotion.item.copyLink',
  copied: 'promotion.item.linkCopied',
  refused: 'promotion.item.linkNotCopied',
} as const;

/**
 * Copies a link to a promotion on this page.
 *
 * @internal
 */
export function CopyLinkButton({ promotionId }: { promotionId: string }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [state, setState] = useState<keyof typeof MESSAGES>('idle');
  const href = linkTo(promotionId, window.location.href);

  useEffect(() => {
    if (state === 'idle') {
      return undefined;
    }
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);

  // Browsers provide a clipboard only on https and on localhost. Elsewhere this
  // is a plain link whose address can be copied.
  const onClick = async (event: MouseEvent) => {
    if ('clipboard' in navigator) {
      event.preventDefault();
      try {
        await navigator.clipboard.writeText(href);
        setState('copied');
      } catch {
        // The browser or its user refused; the reason is not available.
        setState('refused');
      }
    }
  };
  return (
    <Tooltip title={<span role="status">{t(MESSAGES[state])}</span>}>
      <IconButton
        size="small"
        component="a"
        href={href}
        onClick={onClick}
        aria-label={t('promotion.item.copyLink')}
      >
        <LinkIcon fontSize="small" />
      </IconButton>
    </Tooltip>
  );
}
