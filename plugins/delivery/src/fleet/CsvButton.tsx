import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import GetAppIcon from '@material-ui/icons/GetApp';
import { useIsPhone } from '../components/useIsPhone';
import { deliveryTranslationRef } from '../translation';
import type { CsvDownload } from './useCsvDownload';

/** Downloads the services; a phone has room for its icon only. @internal */
export function CsvButton(props: {
  csv: CsvDownload;
  /** There is nothing to download. */
  isEmpty: boolean;
}) {
  const { csv, isEmpty } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const text = t(csv.isBusy ? 'fleet.csv.busy' : 'fleet.csv.download');
  const isDisabled = csv.isBusy || isEmpty;
  return useIsPhone() ? (
    <IconButton
      size="small"
      aria-label={text}
      title={text}
      disabled={isDisabled}
      onClick={csv.start}
    >
      <GetAppIcon fontSize="small" />
    </IconButton>
  ) : (
    <Button
      size="small"
      variant="outlined"
      startIcon={<GetAppIcon />}
      disabled={isDisabled}
      onClick={csv.start}
    >
      {text}
    </Button>
  );
}
