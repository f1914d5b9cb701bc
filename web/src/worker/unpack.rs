//! Reads files, and unpacks those that gzip packed, within a limit.

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStream, ReadableStreamDefaultReader, ReadableWritablePair};

use super::describe;

/// The largest snapshot that is read, unpacked. A 32-bit address space has to hold it several
/// times over.
const LIMIT: usize = 512 << 20;
/// How a gzip file starts.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The content of a file.
pub(super) async fn read(blob: &Blob) -> Result<Vec<u8>, String> {
    let head =
        bytes(&blob.slice_with_f64_and_f64(0.0, 2.0).map_err(|e| describe(&e))?.stream()).await?;
    if head == GZIP { bytes(&unpacked(blob)?).await } else { bytes(&blob.stream()).await }
}

/// The content of packed bytes.
pub(super) async fn inflated(packed: &[u8]) -> Result<Vec<u8>, String> {
    let parts = Array::of1(&Uint8Array::from(packed));
    let blob = Blob::new_with_u8_array_sequence(&parts).map_err(|e| describe(&e))?;
    bytes(&unpacked(&blob)?).await
}

fn unpacked(blob: &Blob) -> Result<ReadableStream, String> {
    // The bindings count it among the unstable interfaces, so it is looked up by name.
    let stream = Reflect::get(&js_sys::global(), &"DecompressionStream".into())
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|kind| Reflect::construct(&kind, &Array::of1(&"gzip".into())))
        .map_err(|_| "This browser cannot unpack gzip: unpack the file first.".to_owned())?;
    Ok(blob.stream().pipe_through(stream.unchecked_ref::<ReadableWritablePair>()))
}

/// Everything that a stream brings.
async fn bytes(stream: &ReadableStream) -> Result<Vec<u8>, String> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut content = Vec::new();
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
            return Err(format!(
                "Unpacked it is larger than {} MB, the limit of a page.",
                LIMIT >> 20
            ));
        }
        let start = content.len();
        content.resize(start + chunk.length() as usize, 0);
        if let Some(room) = content.get_mut(start..) {
            chunk.copy_to(room);
        }
    }
}
