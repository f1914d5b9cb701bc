//! Reads files, and unpacks those that gzip packed, within a limit.

use std::cell::Cell;

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStream, ReadableStreamDefaultReader, ReadableWritablePair};

use super::describe;

/// The largest snapshot that is read, unpacked. A 32-bit address space has to hold it several
/// times over.
const LIMIT: usize = 512 << 20;
/// Reading is told in so many steps,
const STEPS: u64 = 20;
/// and so many bytes are not worth telling.
const UNTOLD: u64 = 1 << 20;
/// How a gzip file starts.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The content of a file. `told` hears how much of it has arrived, and how much there is, which
/// nobody knows of a packed one.
pub(super) async fn read(blob: &Blob, told: impl Fn(u64, Option<u64>)) -> Result<Vec<u8>, String> {
    let size = blob.size();
    let packed = piece(blob, 0.0, 2.0).await? == GZIP;
    let expected = if packed { hinted(&piece(blob, size - 4.0, size).await?, size) } else { size };
    let expected = usize::try_from(number(expected)).unwrap_or(usize::MAX);
    if !packed && expected > LIMIT {
        return Err(too_large());
    }
    let total = (!packed).then(|| number(size));
    let stream = if packed { unpacked(blob)? } else { blob.stream() };
    let step = total.map_or(UNTOLD, |total| (total / STEPS).max(UNTOLD));
    let next = Cell::new(0);
    let tell = |done: u64| {
        if done >= next.get() {
            next.set(done + step);
            told(done, total);
        }
    };
    tell(0);
    bytes(&stream, expected.min(LIMIT), tell).await
}

/// A few bytes of a file.
async fn piece(blob: &Blob, start: f64, end: f64) -> Result<Vec<u8>, String> {
    let piece = blob.slice_with_f64_and_f64(start, end).map_err(|e| describe(&e))?;
    bytes(&piece.stream(), 4, |_| {}).await
}

/// How many bytes a packed file says at its end that it has unpacked, as far as that can be true.
fn hinted(end: &[u8], packed: f64) -> f64 {
    /// Deflate makes nothing smaller than that.
    const RATIO: f64 = 1032.0;
    end.try_into().map_or(0.0, |end| f64::from(u32::from_le_bytes(end)).min(packed * RATIO))
}

fn too_large() -> String {
    format!("Unpacked it is larger than {} MB, the limit of a page.", LIMIT >> 20)
}

/// A size as the browser has it.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of files are whole, not negative and below 2^53"
)]
fn number(size: f64) -> u64 {
    size as u64
}

/// The content of packed bytes.
pub(super) async fn inflated(packed: &[u8]) -> Result<Vec<u8>, String> {
    let parts = Array::of1(&Uint8Array::from(packed));
    let blob = Blob::new_with_u8_array_sequence(&parts).map_err(|e| describe(&e))?;
    bytes(&unpacked(&blob)?, 0, |_| {}).await
}

fn unpacked(blob: &Blob) -> Result<ReadableStream, String> {
    // The bindings count it among the unstable interfaces, so it is looked up by name.
    let stream = Reflect::get(&js_sys::global(), &"DecompressionStream".into())
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|kind| Reflect::construct(&kind, &Array::of1(&"gzip".into())))
        .map_err(|_| "This browser cannot unpack gzip: unpack the file first.".to_owned())?;
    Ok(blob.stream().pipe_through(stream.unchecked_ref::<ReadableWritablePair>()))
}

/// Everything that a stream brings. Room for what is expected is made at once: a list that grows is
/// copied, and a worker gives no memory back.
async fn bytes(
    stream: &ReadableStream,
    expected: usize,
    told: impl Fn(u64),
) -> Result<Vec<u8>, String> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut content = Vec::new();
    content.try_reserve_exact(expected).map_err(|_| {
        "There is not enough memory left in this tab for it: close other snapshots.".to_owned()
    })?;
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(|error| {
            format!("The file cannot be read, or is not whole: {}.", describe(&error))
        })?;
        let member =
            |name: &str| Reflect::get(&chunk, &JsValue::from_str(name)).unwrap_or_default();
        if member("done").is_truthy() {
            return Ok(content);
        }
        let chunk: Uint8Array = member("value").unchecked_into();
        if content.len() + chunk.length() as usize > LIMIT {
            return Err(too_large());
        }
        let start = content.len();
        content.resize(start + chunk.length() as usize, 0);
        if let Some(room) = content.get_mut(start..) {
            chunk.copy_to(room);
        }
        release(&chunk);
        told(content.len() as u64);
    }
}

/// Gives the memory of a piece back at once: of a large file as much would wait to be collected as it
/// has. A browser that cannot do that collects it later.
fn release(chunk: &Uint8Array) {
    let buffer = chunk.buffer();
    let transfer = Reflect::get(&buffer, &"transfer".into()).and_then(JsCast::dyn_into::<Function>);
    if let Ok(transfer) = transfer {
        drop(transfer.call1(&buffer, &0.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_file_is_believed_within_reason() {
        let close = |a: f64, b: f64| (a - b).abs() < 0.5;
        assert!(close(hinted(&200_000_000_u32.to_le_bytes(), 10e6), 200e6));
        assert!(close(hinted(&u32::MAX.to_le_bytes(), 100.0), 103_200.0), "a lie");
        assert!(close(hinted(&[1, 2], 2.0), 0.0));
    }
}
