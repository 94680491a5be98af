/** The value, which the test expects to exist. @throws Error if it is null or undefined */
export function present<T>(value: T): NonNullable<T> {
	if (value === null || value === undefined) throw new Error('The value is missing');
	return value;
}
