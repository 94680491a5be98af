/**
 * A function that makes something of an object once, and remembers it for as long as there is the
 * object: all items of a run bring the same ones.
 */
export function perObject<Given extends object, Made>(
	make: (given: Given) => Made,
): (given: Given) => Made {
	const known = new WeakMap<Given, { made: Made }>();
	return (given) => {
		let entry = known.get(given);
		if (entry === undefined) known.set(given, (entry = { made: make(given) }));
		return entry.made;
	};
}
