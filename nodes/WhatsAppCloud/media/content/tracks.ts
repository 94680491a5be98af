import { withReader, type ByteReader, type Content } from './byteReader';

/** What an MP4 or 3GP file plays. */
interface Tracks {
	hasPicture: boolean;
	hasSound: boolean;
}

/** Boxes that contain boxes, on the way to the tracks' handlers. */
const containers: ReadonlySet<string> = new Set(['moov', 'trak', 'mdia']);

/**
 * Reads which tracks a file of the ISO base media format has (ISO/IEC 14496-12), wherever its
 * `moov` box is: before the media data, after it, or before the fragments. Everything else is
 * skipped. The brand in `ftyp` is no help: a film and a voice recording may share it.
 */
export async function readTracks(content: Content): Promise<Tracks> {
	return await withReader(content, async (reader) => {
		const tracks: Tracks = { hasPicture: false, hasSound: false };
		let moovEnd = Infinity;
		// A picture decides it, and after the box that lists the tracks there is nothing to find.
		while (!tracks.hasPicture && reader.position() < moovEnd) {
			const start = reader.position();
			const box = await readBox(reader);
			if (box === null) break;
			if (box.type === 'moov') moovEnd = start + box.sizeBytes;
			// The parts of a container follow its header, so they are simply the next boxes.
			if (containers.has(box.type)) continue;
			if (box.type === 'hdlr') {
				// Version and flags, four obsolete bytes, and the kind of track.
				const handler = await reader.read(12);
				const kind = handler?.toString('latin1', 8);
				tracks.hasPicture ||= kind === 'vide';
				tracks.hasSound ||= kind === 'soun';
			}
			await reader.skip(start + box.sizeBytes - reader.position());
		}
		return tracks;
	});
}

/** The header of a box; null at the end, or if the size is impossible. */
async function readBox(reader: ByteReader): Promise<{ type: string; sizeBytes: number } | null> {
	const start = reader.position();
	const header = await reader.read(8);
	if (header === null) return null;
	const type = header.toString('latin1', 4);
	let sizeBytes = header.readUInt32BE(0);
	// 0: up to the end of the file; 1: the size does not fit and follows in the next eight bytes.
	if (sizeBytes === 0) sizeBytes = Infinity;
	if (sizeBytes === 1) {
		const large = await reader.read(8);
		if (large === null) return null;
		sizeBytes = Number(large.readBigUInt64BE());
	}
	return sizeBytes < reader.position() - start ? null : { type, sizeBytes };
}
