import { adviceOn } from './advice';
import type { ErrorClass, Retry } from './errorClass';
import { errorCodes } from './errorCodes';

/** One row of the catalogue. */
interface ErrorEntry {
	code: number;
	title: string;
	class: ErrorClass;
	retry: Retry;
	/** One or two sentences for the user: what to do next. */
	advice: string;
}

/** Small subcodes, such as 33 and 463, have their own numbering and are not error codes. */
const isOwnCode = (subcode: number | null): subcode is number =>
	subcode !== null && subcode >= 100_000;

/** Meta's codes 200 to 299 all mean that a permission is missing or was revoked. */
const isPermissionCode = (code: number): boolean => code >= 200 && code <= 299;

const catalogue: ReadonlyMap<number, ErrorEntry> = new Map(
	errorCodes.map(([code, title, errorClass, retry]) => [
		code,
		{
			code,
			title,
			class: errorClass,
			retry,
			advice: adviceOn(code, errorClass),
		},
	]),
);

/**
 * Looks up a code. One that Meta added later gets the class `other`, never retried.
 *
 * @param subcode Meta's `error_subcode`; being more specific, it wins if the catalogue knows it
 */
export function lookUpErrorCode(code: number, subcode: number | null = null): ErrorEntry {
	const entry = (isOwnCode(subcode) ? catalogue.get(subcode) : undefined) ?? catalogue.get(code);
	if (entry) return entry;
	const errorClass: ErrorClass = isPermissionCode(code) ? 'permission' : 'other';
	return {
		code,
		title: errorClass === 'permission' ? 'API Permission' : 'Unknown error',
		class: errorClass,
		retry: 'never',
		advice: adviceOn(code, errorClass),
	};
}
