// The frame that is being read, as a Beast DynamicBuffer over a string, so that a text moves into
// the mailbox without a copy. While a connection is idle Beast holds a read open and has asked for
// space for it: by its max_size() this buffer makes Beast ask for little until a frame has begun,
// which is most of what an idle connection would cost in buffers.
#pragma once

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace gateway {

class FrameBuffer {
public:
    using const_buffers_type = boost::asio::const_buffer;
    using mutable_buffers_type = boost::asio::mutable_buffer;

    // Most small frames (Heartbeat, StatusNotification) are read in one step with this.
    static constexpr std::size_t idle_bytes = 240;

    explicit FrameBuffer(std::size_t limit) : limit_(limit) {}

    std::size_t size() const { return size_; }
    std::size_t max_size() const { return size_ == 0 ? std::min(limit_, idle_bytes) : limit_; }
    std::size_t capacity() const { return text_.capacity(); }
    const_buffers_type data() const { return {text_.data(), size_}; }

    mutable_buffers_type prepare(std::size_t bytes)
    {
        text_.resize(size_ + bytes);
        return {text_.data() + size_, bytes};
    }
    void commit(std::size_t bytes) { size_ += bytes; }
    void consume(std::size_t bytes)
    {
        text_.erase(0, std::min(bytes, size_));
        size_ -= std::min(bytes, size_);
    }

    // The text read so far; the buffer is empty afterwards.
    std::string release()
    {
        text_.resize(std::exchange(size_, 0));
        return std::exchange(text_, {});
    }

private:
    std::size_t limit_;
    std::size_t size_ = 0;
    std::string text_;
};

}
