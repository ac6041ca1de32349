package usage

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"offprint/internal/tally"
)

// A spool is a file of frames: length of the block and its CRC-32C, each four
// bytes with the least first, and a block of package tally. It belongs to one
// process, which only appends; whoever takes it into the log reads it as far as
// it is whole.

const (
	spoolEnding = ".log"
	spoolBytes  = 8 << 20          // of a file, before the next is begun
	spoolAge    = 10 * time.Minute // likewise
	// spoolDead is how long ago a file of another process was written when nobody
	// writes it any more.
	spoolDead = 3 * spoolAge
	// mostSpooled bounds the folder: more is only there when the database has not
	// answered for long.
	mostSpooled = 512 << 20

	frameHead = 8
	mostFrame = 16 << 20
)

var (
	castagnoli   = crc32.MakeTable(crc32.Castagnoli)
	errSpoolFull = errors.New("the spools are full")
)

// Spool is what a process writes. It is for one goroutine.
type Spool struct {
	dir    string
	file   *os.File
	name   string // of file
	size   int64
	opened time.Time
	buf    []byte
}

// NewSpool is a spool in a folder; nothing is written yet.
func NewSpool(dir string) *Spool { return &Spool{dir: dir} }

// Write appends the events as one frame. It is in the hands of the system when
// Write returns, and survives the end of the process.
func (s *Spool) Write(events []tally.Event, now time.Time) error {
	s.buf = tally.Encode(append(s.buf[:0], make([]byte, frameHead)...), events)
	block := s.buf[frameHead:]
	binary.LittleEndian.PutUint32(s.buf, uint32(len(block)))
	binary.LittleEndian.PutUint32(s.buf[4:], crc32.Checksum(block, castagnoli))
	if err := s.ready(now); err != nil {
		return err
	}
	n, err := s.file.Write(s.buf)
	s.size += int64(n)
	if err != nil {
		s.Close() // what is half written ends that file
	}
	return err
}

// ready has a file open that may be written.
func (s *Spool) ready(now time.Time) error {
	if s.file != nil {
		_, err := os.Stat(filepath.Join(s.dir, s.name))
		if err == nil && s.size < spoolBytes && now.Sub(s.opened).Abs() < spoolAge {
			return nil
		}
		s.Close()
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	total := int64(0)
	for _, f := range spoolFiles(s.dir) {
		total += f.Size()
	}
	if total > mostSpooled {
		return errSpoolFull
	}
	name := ulid.Make().String() + spoolEnding
	f, err := os.OpenFile(filepath.Join(s.dir, name), os.O_WRONLY|os.O_APPEND|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	s.file, s.name, s.size, s.opened = f, name, 0, now
	return nil
}

// Close ends the file; the next Write begins another.
func (s *Spool) Close() {
	if s.file == nil {
		return
	}
	_ = s.file.Sync()
	_ = s.file.Close()
	s.file, s.name = nil, ""
}

// spoolFiles are the spools in a folder, oldest first.
func spoolFiles(dir string) (list []fs.FileInfo) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && strings.HasSuffix(e.Name(), spoolEnding) && info.Mode().IsRegular() {
			list = append(list, info)
		}
	}
	slices.SortFunc(list, func(a, b fs.FileInfo) int { return strings.Compare(a.Name(), b.Name()) })
	return list
}

// frames reads blocks from a place in a spool on, until they have so many bytes
// or no whole one follows. next is where the one after them would begin, and
// whole is false when something stands there that is no whole frame.
func frames(r io.ReaderAt, from, size int64, most int) (blocks []*tally.Block, next int64, whole bool, err error) {
	next = from
	for most > 0 && next < size {
		var head [frameHead]byte
		if size-next < frameHead {
			return blocks, next, false, nil
		}
		if _, err := r.ReadAt(head[:], next); err != nil {
			return blocks, next, false, err
		}
		n := int64(binary.LittleEndian.Uint32(head[:]))
		if n > mostFrame || n > size-next-frameHead {
			return blocks, next, false, nil
		}
		b := make([]byte, n)
		if _, err := r.ReadAt(b, next+frameHead); err != nil {
			return blocks, next, false, err
		}
		if crc32.Checksum(b, castagnoli) != binary.LittleEndian.Uint32(head[4:]) {
			return blocks, next, false, nil
		}
		block, err := tally.Decode(b)
		if err != nil {
			return blocks, next, false, nil
		}
		blocks = append(blocks, block)
		next += frameHead + n
		most -= len(b)
	}
	return blocks, next, true, nil
}
