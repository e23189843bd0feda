#include "miniature_terminal.hpp"

#include <algorithm>
#include <stdexcept>

MiniatureTerminal::MiniatureTerminal(int columns, int rows)
    : columns_(columns),
      rows_(rows),
      screen_(static_cast<std::size_t>(rows)),
      wrapped_(static_cast<std::size_t>(rows)) {}

void MiniatureTerminal::line_feed() {
    wrap_pending_ = false;
    if (row_ + 1 < rows_) {
        ++row_;
        return;
    }
    history_.push_back(screen_.front());
    screen_.erase(screen_.begin());
    screen_.emplace_back();
    wrapped_.erase(wrapped_.begin());
    wrapped_.push_back(false);
}

void MiniatureTerminal::put(char character) {
    if (wrap_pending_) {
        wrapped_[static_cast<std::size_t>(row_)] = true;
        line_feed();
        column_ = 0;
    }
    std::string& line = screen_[static_cast<std::size_t>(row_)];
    const auto column = static_cast<std::size_t>(column_);
    if (line.size() <= column) line.resize(column + 1, ' ');
    line[column] = character;
    if (column_ + 1 == columns_) {
        wrap_pending_ = true;
    } else {
        ++column_;
    }
}

std::size_t MiniatureTerminal::control_sequence(std::string_view bytes) {
    const std::size_t end = bytes.find_first_of("ABCDHJKhlm", 2);
    if (bytes.substr(0, 2) != "\x1b[" || end == std::string_view::npos) throw std::runtime_error("unknown sequence");
    const std::string parameter(bytes.substr(2, end - 2));
    const auto row = static_cast<std::size_t>(row_);
    const auto clear_right = [&] {
        if (screen_[row].size() > static_cast<std::size_t>(column_)) {
            screen_[row].resize(static_cast<std::size_t>(column_));
        }
        wrapped_[row] = false;
    };
    if (bytes[end] == 'A') {
        row_ = std::max(0, row_ - std::stoi(parameter));
        wrap_pending_ = false;
    } else if (bytes[end] == 'K' && parameter.empty()) {
        clear_right();
    } else if (bytes[end] == 'J' && parameter.empty()) {
        clear_right();
        for (std::size_t below = row + 1; below < screen_.size(); ++below) {
            screen_[below].clear();
            wrapped_[below] = false;
        }
    } else {
        throw std::runtime_error("unknown sequence " + std::string(bytes.substr(1, end)));
    }
    return end + 1;
}

void MiniatureTerminal::write(std::string_view bytes) {
    while (!bytes.empty()) {
        std::size_t used = 1;
        if (bytes.front() == '\x1b') {
            used = control_sequence(bytes);
        } else if (bytes.front() == '\r') {
            column_ = 0;
            wrap_pending_ = false;
        } else if (bytes.front() == '\n') {
            line_feed();
        } else if (const unsigned char byte = static_cast<unsigned char>(bytes.front());
                   byte < 0x80U || byte >= 0xC0U) {
            put(byte < 0x80U ? bytes.front() : '~');
        }
        bytes.remove_prefix(used);
    }
}

std::vector<std::string> MiniatureTerminal::text() const {
    std::vector<std::string> result = history_;
    result.insert(result.end(), screen_.begin(), screen_.end());
    for (std::string& line : result) line.erase(line.find_last_not_of(' ') + 1);
    while (!result.empty() && result.back().empty()) result.pop_back();
    return result;
}

void MiniatureTerminal::resize(int columns) {
    std::vector<std::string> paragraphs(1);
    for (std::size_t row = 0; row <= static_cast<std::size_t>(row_); ++row) {
        paragraphs.back() += screen_[row];
        if (!wrapped_[row] && row != static_cast<std::size_t>(row_)) paragraphs.emplace_back();
    }
    columns_ = columns;
    row_ = column_ = 0;
    wrap_pending_ = false;
    std::fill(screen_.begin(), screen_.end(), "");
    std::fill(wrapped_.begin(), wrapped_.end(), false);
    for (std::size_t index = 0; index < paragraphs.size(); ++index) {
        if (index != 0) write("\r\n");
        write(paragraphs[index]);
    }
}
