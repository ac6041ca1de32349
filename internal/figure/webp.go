package figure

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"os"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"golang.org/x/image/draw"
)

//go:embed third_party/libwebp/webp.wasm.gz
var libwebp []byte

const (
	// maxWebP is the greatest side of a WebP (RFC 9649, section 2.7.1.1 gives
	// 2^24 for the canvas; the lossy and lossless streams hold 2^14).
	maxWebP     = 16383
	wasmPage    = 64 << 10
	maxMemory   = 1 << 30 // of the sandbox
	webpQuality = 80
	// jpegQuality is for what does not know WebP.
	jpegQuality = 85
)

// encoder is libwebp in a sandbox without imports. Each picture has an
// instance of its own. It belongs to one goroutine at a time.
type encoder struct {
	cacheDir string
	runtime  wazero.Runtime
	program  wazero.CompiledModule
}

func (e *encoder) start() error {
	if e.program != nil {
		return nil
	}
	unpack, err := gzip.NewReader(bytes.NewReader(libwebp))
	if err != nil {
		return err
	}
	program, err := io.ReadAll(unpack)
	if err != nil {
		return err
	}
	config := wazero.NewRuntimeConfig().WithCloseOnContextDone(true).WithMemoryLimitPages(maxMemory / wasmPage)
	if e.cacheDir != "" && os.MkdirAll(e.cacheDir, 0o700) == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(e.cacheDir); err == nil {
			if err := e.compile(config.WithCompilationCache(cache), program); err == nil {
				return nil
			}
		}
	}
	return e.compile(config, program)
}

func (e *encoder) compile(config wazero.RuntimeConfig, program []byte) error {
	ctx := context.Background()
	e.runtime = wazero.NewRuntimeWithConfig(ctx, config)
	var err error
	if e.program, err = e.runtime.CompileModule(ctx, program); err != nil {
		e.program = nil
		_ = e.close()
	}
	return err
}

func (e *encoder) close() error {
	runtime := e.runtime
	e.runtime, e.program = nil, nil
	if runtime == nil {
		return nil
	}
	return runtime.Close(context.Background())
}

// encode writes a WebP, without loss or with.
func (e *encoder) encode(ctx context.Context, img *image.RGBA, lossless bool) ([]byte, error) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if w > maxWebP || h > maxWebP {
		return nil, errors.New("too wide or too high for WebP")
	}
	if err := e.start(); err != nil {
		return nil, err
	}
	in, err := e.runtime.InstantiateModule(ctx, e.program, wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize"))
	if err != nil {
		return nil, err
	}
	defer in.Close(context.WithoutCancel(ctx))
	pixels := straight(img)
	data, err := allocate(ctx, in, len(pixels)+8)
	if err != nil {
		return nil, err
	}
	size := data + uint32(len(pixels))
	if !in.Memory().Write(data, pixels) || !in.Memory().WriteUint64Le(size, 0) {
		return nil, errMemory
	}
	const rgba, effort, exact = 0, 4, 0
	loss := uint64(1)
	if !lossless {
		loss = 0
	}
	out, err := in.ExportedFunction("encode").Call(ctx, uint64(data), uint64(w), uint64(h), uint64(size), rgba, webpQuality, effort, loss, exact)
	if err != nil {
		return nil, err
	}
	n, ok := in.Memory().ReadUint32Le(size)
	if !ok || n == 0 || out[0] == 0 {
		return nil, errors.New("libwebp could not encode it")
	}
	view, ok := in.Memory().Read(uint32(out[0]), n)
	if !ok {
		return nil, errMemory
	}
	return bytes.Clone(view), nil
}

var errMemory = errors.New("the encoder has not enough memory")

func allocate(ctx context.Context, in api.Module, n int) (uint32, error) {
	out, err := in.ExportedFunction("malloc").Call(ctx, uint64(n))
	if err != nil {
		return 0, err
	}
	if out[0] == 0 {
		return 0, errMemory
	}
	return uint32(out[0]), nil
}

// straight are the pixels of img with alpha apart from the colours, rows
// without gaps.
func straight(img *image.RGBA) []byte {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if img.Opaque() && img.Stride == 4*w {
		return img.Pix[:4*w*h]
	}
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, img, img.Rect.Min, draw.Src)
	return out.Pix
}

// plain writes a PNG of a drawing and of what is transparent, and a JPEG of
// everything else.
func plain(img *image.RGBA, drawn bool) (Rendition, error) {
	r := Rendition{Width: img.Rect.Dx(), Height: img.Rect.Dy(), Media: JPEG}
	var b bytes.Buffer
	var err error
	if drawn || !img.Opaque() {
		r.Media = PNG
		err = png.Encode(&b, img)
	} else {
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: jpegQuality})
	}
	if err != nil {
		return r, fmt.Errorf("figure.plain: %w", err)
	}
	r.Bytes = b.Bytes()
	return r, nil
}
