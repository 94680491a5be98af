import { adviceOn } from './advice/advice';
import { textOf, type Advice } from './advice/adviceText';
import type { ErrorClass, Retry } from './errorClass';
import { errorCodes } from './errorCodes';

/** One row of the catalogue. */
interface ErrorEntry {
	code: number;
	title: string;
	class: ErrorClass;
	retry: Retry;
	/** What happened, a sentence for the user without its full stop. */
	problem: string;
	/** What to do next, in one or two sentences. */
	next: string;
	/** Both in one text. */
	advice: string;
}

/** Small subcodes, such as 33 and 463, have their own numbering and are not error codes. */
const isOwnCode = (subcode: number | null): subcode is number =>
	subcode !== null && subcode >= 100_000;

/** Meta's codes 200 to 299 all mean that a permission is missing or was revoked. */
const isPermissionCode = (code: number): boolean => code >= 200 && code <= 299;

const parts = (advice: Advice): Pick<ErrorEntry, 'problem' | 'next' | 'advice'> => ({
	problem: advice[0],
	next: advice[1],
	advice: textOf(advice),
});

const catalogue: ReadonlyMap<number, ErrorEntry> = new Map(
	errorCodes.map(([code, title, errorClass, retry]) => [
		code,
		{
			code,
			title,
			class: errorClass,
			retry,
			...parts(adviceOn(code, errorClass)),
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
		...parts(adviceOn(code, errorClass)),
	};
}
