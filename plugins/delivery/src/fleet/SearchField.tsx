import { useTranslationRef } from '@backstage/frontend-plugin-api';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import SearchIcon from '@material-ui/icons/Search';
import { useEffect, useId, useState } from 'react';
import { deliveryTranslationRef } from '../translation';

/** Not every letter that somebody types is worth a request. */
const TYPING_MS = 250;

/** Searches services by their title or name. @internal */
export function SearchField(props: {
  value: string | undefined;
  onChange(value: string | undefined): void;
}) {
  const { value = '', onChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const id = useId();
  const [text, setText] = useState(value);
  const [searched, setSearched] = useState(value);
  // Something else has changed the URL, such as the button that clears filters.
  if (searched !== value) {
    setSearched(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(text || undefined), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return (
    <TextField
      id={id}
      type="search"
      variant="outlined"
      size="small"
      label={t('fleet.filters.search')}
      value={text}
      inputProps={{ maxLength: 255 }}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon fontSize="small" />
          </InputAdornment>
        ),
      }}
      onChange={({ target }) => setText(target.value)}
    />
  );
}
