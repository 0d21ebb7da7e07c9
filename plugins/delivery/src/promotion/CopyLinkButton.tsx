import { useTranslationRef } from '@backstage/frontend-plugin-api';
import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import LinkIcon from '@material-ui/icons/Link';
import { useEffect, useState, type MouseEvent } from 'react';
import { deliveryTranslationRef } from '../translation';
import { linkTo } from './anchor';

/** How long the tooltip says that the link was copied. */
const COPIED_MS = 2000;

/**
 * Copies a link to a promotion on this page.
 *
 * @internal
 */
export function CopyLinkButton({ promotionId }: { promotionId: string }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [copied, setCopied] = useState(false);
  const href = linkTo(promotionId, window.location.href);

  useEffect(() => {
    const timer = copied && setTimeout(() => setCopied(false), COPIED_MS);
    return () => {
      if (timer) {
        clearTimeout(timer);
      }
    };
  }, [copied]);

  // Browsers have a clipboard only on https and on this machine; elsewhere it
  // is a plain link, whose address can be copied.
  const onClick = async (event: MouseEvent) => {
    if ('clipboard' in navigator) {
      event.preventDefault();
      await navigator.clipboard.writeText(href);
      setCopied(true);
    }
  };
  return (
    <Tooltip
      title={t(
        copied ? 'promotion.item.linkCopied' : 'promotion.item.copyLink',
      )}
    >
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
