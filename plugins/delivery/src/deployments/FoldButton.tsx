import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import CollapseIcon from '@material-ui/icons/ExpandLess';
import ExpandIcon from '@material-ui/icons/ExpandMore';
import { deliveryTranslationRef } from '../translation';

/** Expands or collapses the applications that are folded into one line. @internal */
export function FoldButton(props: {
  total: number;
  isOpen: boolean;
  onToggle(): void;
}) {
  const { total, isOpen, onToggle } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <Button
      size="small"
      aria-expanded={isOpen}
      endIcon={isOpen ? <CollapseIcon /> : <ExpandIcon />}
      onClick={onToggle}
    >
      {t('deployments.applications', { total: String(total) })}
    </Button>
  );
}
